-- what     What became of every opportunity that reached a stage, within [90] days of first reaching it (同批转化). METRICS FUN-1. Reached
--          means: the highest stage that was not lost is this one or a later one of the pipeline, so a skipped stage is reached when the
--          later one is entered; won counts as the last stage. Advanced: reached a higher stage in time; else by where it stands on the
--          last of the days: lost, back (a lower stage) or still. The four add up to entered.
-- grain    one row per opportunity and stage reached; invalid opportunities are out
-- key      opportunity_id, stage_key
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_stage_stay, core.stage, core.territory_assignment
-- column   outcome: advanced, lost, back or still
-- column   is_mature: the [90] days are over; a younger cohort is "so far"
-- column   amount_cny: the opportunity's amount as known now; CRMs keep no history of it, so the value at entry is not known
-- column   precision: of entered_date: exact, or snapshot (the move was seen at a sync, it was earlier)
-- column   rls_owner: owner of the customer on entered_date (METRICS 0.9); without a customer the opportunity's owner
-- accepted outcome: advanced, lost, back, still
with stay as (
    select opportunity_stage_stay.*,
        business_date(opportunity_stage_stay.entered_at) as entered_date,
        coalesce(business_date(opportunity_stage_stay.left_at), date '9999-12-31') as left_date
    from core.opportunity_stage_stay
    join core.opportunity on opportunity.opportunity_id = opportunity_stage_stay.opportunity_id
    where opportunity.status <> 'invalid'
),
reached as (
    select
        stay.opportunity_id, stage.connection, stage.stage_key, stage.stage_order, stage.business_line,
        min(stay.entered_date) as entered_date,
        max(stay.precision) as precision -- snapshot is the larger word
    from stay
    join core.stage
        on stage.connection = stay.connection
        and stage.business_line is not distinct from stay.business_line
        and stage.stage_order <= stay.stage_order
    where not stay.is_lost and not stage.is_lost and stay.entered_date <= business_today()
    group by stay.opportunity_id, stage.connection, stage.stage_key, stage.stage_order, stage.business_line
),
followed as (
    select
        reached.*,
        least(entered_date + 90, business_today()) as judged_date,
        min(entered_date) over (
            partition by opportunity_id, business_line order by stage_order range between 1 following and unbounded following
        ) as advanced_date
    from reached
),
judged as (
    select
        followed.*,
        case
            when followed.advanced_date <= followed.judged_date then 'advanced'
            when stay.is_lost then 'lost'
            when stay.stage_order < followed.stage_order then 'back'
            else 'still'
        end as outcome
    from followed
    left join stay
        on stay.opportunity_id = followed.opportunity_id
        and stay.entered_date <= followed.judged_date and stay.left_date > followed.judged_date
)
select
    judged.opportunity_id, judged.stage_key, opportunity.name as opportunity_name,
    opportunity.customer_id, customer.name as customer_name,
    stage.stage_name, judged.stage_order, opportunity.business_line,
    judged.outcome, judged.precision,
    opportunity.amount_cny, stage.benchmark_rate, stage.benchmark_source, stage.benchmark_date,
    business_today() - judged.entered_date >= 90 as is_mature,
    judged.entered_date, month_text(judged.entered_date) as cohort_month,
    coalesce(territory_assignment.owner_id, opportunity.owner_id, 'unassigned') as rls_owner, owner.name as owner_name,
    coalesce(territory_assignment.region, owner.region, 'unassigned') as rls_region
from judged
join core.opportunity on opportunity.opportunity_id = judged.opportunity_id
join core.stage on stage.connection = judged.connection and stage.stage_key = judged.stage_key
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = opportunity.customer_id
    and territory_assignment.valid_from <= judged.entered_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > judged.entered_date
left join core.employee as owner
    on owner.employee_id = coalesce(territory_assignment.owner_id, opportunity.owner_id)
where not coalesce(customer.is_internal, false)
