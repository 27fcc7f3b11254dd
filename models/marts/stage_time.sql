-- what     Time in stage (阶段停留): days an opportunity spent in a stage, added up over its returns to it; completed and still open
--          apart, with the twin in workdays. METRICS FUN-3. Won and lost are ends, not stages to spend time in; invalid opportunities
--          are out.
-- grain    one row per opportunity and stage it was in
-- key      opportunity_id, stage_key
-- sources  core.calendar, core.customer, core.employee, core.opportunity, core.opportunity_stage_stay, core.stage, core.territory_assignment
-- column   days: seconds / 86,400; open ones up to the end of today
-- column   workdays: workdays after the day it entered up to the day it left; null outside the calendar's years
-- column   stays: how often it was in the stage
-- column   left_date: last day in the stage; null while open
-- column   precision: exact, or snapshot (an entry was seen at a sync, it was earlier)
-- column   manager_id: the owner's superior: the team
-- column   rls_owner: owner of the customer on the day it left, if open today (METRICS 0.9); without a customer the opportunity's
with today as ( -- ends at midnight in Shanghai, or now
    select least(business_today() + interval '16 hours', known_at()) as ends_at
),
stay as (
    select
        opportunity_stage_stay.opportunity_id, opportunity_stage_stay.connection, opportunity_stage_stay.pipeline,
        opportunity_stage_stay.stage_key,
        opportunity_stage_stay.precision,
        opportunity_stage_stay.left_at is null or opportunity_stage_stay.left_at > today.ends_at as is_open,
        opportunity_stage_stay.entered_at,
        least(opportunity_stage_stay.left_at, today.ends_at) as ended_at
    from core.opportunity_stage_stay
    cross join today
    where opportunity_stage_stay.entered_at <= today.ends_at and opportunity_stage_stay.is_mapped
),
spent as (
    select
        stay.opportunity_id, stay.connection, stay.pipeline, stay.stage_key,
        count(*) as stays,
        case when count(leaving.workday_index - entering.workday_index) = count(*)
            then sum(leaving.workday_index - entering.workday_index) end as workdays,
        sum(extract(epoch from ended_at - entered_at)) as seconds,
        not bool_or(is_open) as is_completed,
        least(business_date(max(ended_at)), business_today()) as left_date,
        max(precision) as precision -- snapshot is the larger word
    from stay
    left join core.calendar as entering on entering.day = business_date(stay.entered_at)
    left join core.calendar as leaving on leaving.day = least(business_date(stay.ended_at), business_today())
    group by stay.opportunity_id, stay.connection, stay.pipeline, stay.stage_key
)
select
    spent.opportunity_id, spent.stage_key, opportunity.name as opportunity_name,
    opportunity.customer_id, customer.name as customer_name,
    stage.stage_name, stage.stage_order, opportunity.business_line, opportunity.lead_source,
    cast(spent.seconds as double precision) / 86400 as days, cast(spent.workdays as double precision) as workdays,
    spent.stays::int as stays, spent.is_completed, spent.precision,
    case when spent.is_completed then spent.left_date end as left_date,
    coalesce(territory_assignment.owner_id, opportunity.owner_id, 'unassigned') as rls_owner, owner.name as owner_name,
    coalesce(territory_assignment.region, owner.region, 'unassigned') as rls_region,
    owner.manager_id, manager.name as manager_name
from spent
join core.opportunity on opportunity.opportunity_id = spent.opportunity_id
join core.stage
    on stage.connection = spent.connection and stage.pipeline = spent.pipeline and stage.stage_key = spent.stage_key
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = opportunity.customer_id
    and territory_assignment.valid_from <= spent.left_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > spent.left_date
left join core.employee as owner
    on owner.employee_id = coalesce(territory_assignment.owner_id, opportunity.owner_id)
left join core.employee as manager on manager.employee_id = owner.manager_id
where opportunity.status <> 'invalid' and not stage.is_won and not stage.is_lost and not coalesce(customer.is_internal, false)
