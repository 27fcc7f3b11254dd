-- what     Every time an opportunity left a stage (阶段离开): forward, lost or back, dated when it left. METRICS FUN-2, FUN-4. A stage that is
--          not mapped is passed over: where it went is the next mapped stage; until there is one it has not left. Invalid ones are out.
-- grain    one row per stay that ended
-- key      stay_id
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_stage_stay, core.opportunity_version, core.stage,
--          core.territory_assignment
-- column   direction: forward, lost or back
-- column   has_next: there is a stage to go forward to: FUN-2 asks such stages only
-- column   is_skip: forward over at least one stage
-- column   between_stages: names of the stages that were jumped over; going back, of those to go through again
-- column   gates: what must be there to leave those stages, where millrace.yaml says it
-- column   moved_by: employee_id of who moved it on, null if the CRM does not say
-- column   amount_cny: the opportunity's amount when it left
-- column   precision: of left_date: exact, or snapshot (the sync that saw it; the move was earlier)
-- column   precision_minutes: how far before that it may have been
-- column   rls_owner: owner of the customer on left_date (METRICS 0.9); without a customer the opportunity's owner
-- column   manager_id: the owner's superior: the team
-- accepted direction: forward, lost, back
with placed as (
    select
        stay.*, lead(stay.stage_rank) over in_order as next_rank, lead(stay.stage_key) over in_order as placed_next_key,
        lead(stay.is_lost) over in_order as next_is_lost,
        lead(stay.precision) over in_order as left_precision, lead(stay.precision_minutes) over in_order as left_minutes
    from core.opportunity_stage_stay as stay
    join core.opportunity on opportunity.opportunity_id = stay.opportunity_id
    where opportunity.status <> 'invalid' and (stay.stage_rank is not null or stay.is_lost)
        and business_date(stay.entered_at) <= business_today()
    window in_order as (partition by stay.opportunity_id order by stay.entered_at, coalesce(stay.left_at, timestamp '9999-12-31 00:00:00'))
),
went as (
    select
        placed.*, business_date(placed.left_at) as left_date,
        case
            when next_is_lost then 'lost'
            when next_rank > stage_rank then 'forward'
            when next_rank < stage_rank then 'back'
        end as direction
    from placed
    where stage_rank is not null and placed_next_key is not null
),
jumped as (
    select
        went.stay_id,
        string_agg(stage.stage_name, '、' order by stage.stage_rank) as between_stages,
        string_agg(stage.gate, '、' order by stage.stage_rank) as gates
    from went
    join core.stage
        on stage.connection = went.connection and stage.pipeline = went.pipeline
        and stage.stage_rank >= case went.direction when 'forward' then went.stage_rank + 1 else went.next_rank end
        and stage.stage_rank < case went.direction when 'forward' then went.next_rank else went.stage_rank end
    where went.direction = 'back' or (went.direction = 'forward' and went.next_rank > went.stage_rank + 1)
    group by went.stay_id
)
select
    went.stay_id, went.opportunity_id, opportunity.name as opportunity_name,
    opportunity.customer_id, customer.name as customer_name,
    went.stage_key, stage.stage_name, stage.stage_order, stage.has_next,
    went.placed_next_key as next_stage_key, coalesce(next_stage.stage_name, went.placed_next_key) as next_stage_name,
    opportunity.business_line, opportunity.lead_source,
    went.direction, went.direction = 'forward' and went.next_rank > went.stage_rank + 1 as is_skip,
    jumped.between_stages, jumped.gates,
    went.left_by as moved_by, mover.name as moved_by_name,
    coalesce(opportunity_version.amount_cny, opportunity.amount_cny) as amount_cny,
    stage.benchmark_rate, stage.benchmark_source, stage.benchmark_date,
    went.left_date, month_text(went.left_date) as month,
    coalesce(went.left_precision, went.precision) as precision, went.left_minutes as precision_minutes,
    coalesce(territory_assignment.owner_id, opportunity.owner_id, 'unassigned') as rls_owner, owner.name as owner_name,
    coalesce(territory_assignment.region, owner.region, 'unassigned') as rls_region,
    owner.manager_id, manager.name as manager_name
from went
join core.opportunity on opportunity.opportunity_id = went.opportunity_id
join core.stage on stage.connection = went.connection and stage.pipeline = went.pipeline and stage.stage_key = went.stage_key
left join core.stage as next_stage
    on next_stage.connection = went.connection and next_stage.pipeline = went.pipeline
    and next_stage.stage_key = went.placed_next_key
left join jumped on jumped.stay_id = went.stay_id
left join core.opportunity_version
    on opportunity_version.opportunity_id = went.opportunity_id and opportunity_version.valid_from <= went.left_at
    and coalesce(opportunity_version.valid_to, timestamp '9999-12-31 00:00:00') > went.left_at
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = opportunity.customer_id
    and territory_assignment.valid_from <= went.left_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > went.left_date
left join core.employee as owner
    on owner.employee_id = coalesce(territory_assignment.owner_id, opportunity.owner_id)
left join core.employee as manager on manager.employee_id = owner.manager_id
left join core.employee as mover on mover.employee_id = went.left_by
where went.direction is not null and not coalesce(customer.is_internal, false)
