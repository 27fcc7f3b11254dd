-- what     What became of every opportunity that reached a stage, within `funnel.windowDays` [90] of first reaching it (同批转化). METRICS
--          FUN-1. Reached means: the highest stage that was not lost is this one or a later one of the pipeline, so a skipped stage is
--          reached when the later one is entered; won counts as the last stage. Advanced: reached a higher stage in time; else by where it
--          stands on the last of the days: lost, back (a lower stage) or still. The four add up to entered. Strict: it was in the stage
--          itself, and advanced is having been in the next one itself; who jumped over that counts by where it stands: lost, back or still.
-- grain    one row per variant, opportunity and stage reached; invalid opportunities are out
-- key      variant, opportunity_id, stage_key
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_stage_stay, core.opportunity_version, core.stage,
--          core.territory_assignment, ops.funnel_setting
-- column   variant: reached, or strict
-- column   outcome: advanced, lost, back or still
-- column   has_next: there is a stage to advance to
-- column   is_mature: the days are over; a younger cohort is "so far"
-- column   window_days: how long it had
-- column   amount_cny: the opportunity's amount when it reached the stage
-- column   amount_precision: of that amount: exact, snapshot (no log told when it changed) or now (as it is today, for want of any)
-- column   precision: of entered_date: exact, or snapshot (the move was seen at a sync, it was earlier)
-- column   rls_owner: owner of the customer on entered_date (METRICS 0.9); without a customer the opportunity's owner
-- column   manager_id: the owner's superior: the team
-- accepted variant: reached, strict
-- accepted outcome: advanced, lost, back, still
-- accepted amount_precision: exact, snapshot, now
with setting as (
    select coalesce(max(case when name = 'window_days' then value end), 90) as window_days from ops.funnel_setting
),
stay as (
    select opportunity_stage_stay.*,
        business_date(opportunity_stage_stay.entered_at) as entered_date,
        coalesce(business_date(opportunity_stage_stay.left_at), date '9999-12-31') as left_date
    from core.opportunity_stage_stay
    join core.opportunity on opportunity.opportunity_id = opportunity_stage_stay.opportunity_id
    where opportunity.status <> 'invalid'
),
reached as (
    select
        'reached' as variant, stay.opportunity_id, stage.connection, stage.pipeline, stage.stage_key, stage.stage_rank,
        min(stay.entered_at) as entered_at, min(stay.entered_date) as entered_date,
        max(stay.precision) as precision -- snapshot is the larger word
    from stay
    join core.stage
        on stage.connection = stay.connection and stage.pipeline = stay.pipeline and stage.stage_rank <= stay.stage_rank
    where stay.entered_date <= business_today()
    group by stay.opportunity_id, stage.connection, stage.pipeline, stage.stage_key, stage.stage_rank
    union all
    select
        'strict', opportunity_id, connection, pipeline, stage_key, stage_rank, min(entered_at), min(entered_date), max(precision)
    from stay
    where stage_rank is not null and entered_date <= business_today()
    group by opportunity_id, connection, pipeline, stage_key, stage_rank
),
strictly_next as (
    select reached.opportunity_id, reached.stage_key, min(stay.entered_date) as advanced_date
    from reached
    join stay
        on stay.opportunity_id = reached.opportunity_id and stay.stage_rank = reached.stage_rank + 1
        and stay.entered_at >= reached.entered_at
    where reached.variant = 'strict'
    group by reached.opportunity_id, reached.stage_key
),
ahead as (
    select
        reached.*,
        min(entered_date) over (
            partition by variant, opportunity_id order by stage_rank range between 1 following and unbounded following
        ) as advanced_date
    from reached
),
followed as (
    select
        ahead.variant, ahead.opportunity_id, ahead.connection, ahead.pipeline, ahead.stage_key, ahead.stage_rank,
        ahead.entered_at, ahead.entered_date, ahead.precision, setting.window_days,
        least(ahead.entered_date + setting.window_days, business_today()) as judged_date,
        case when ahead.variant = 'strict' then strictly_next.advanced_date else ahead.advanced_date end as advanced_date
    from ahead
    cross join setting
    left join strictly_next
        on strictly_next.opportunity_id = ahead.opportunity_id and strictly_next.stage_key = ahead.stage_key
),
judged as (
    select
        followed.*,
        case
            when followed.advanced_date <= followed.judged_date then 'advanced'
            when stay.is_lost then 'lost'
            when stay.stage_rank < followed.stage_rank then 'back'
            else 'still'
        end as outcome
    from followed
    left join stay
        on stay.opportunity_id = followed.opportunity_id
        and stay.entered_date <= followed.judged_date and stay.left_date > followed.judged_date
)
select
    judged.variant, judged.opportunity_id, judged.stage_key, opportunity.name as opportunity_name,
    opportunity.customer_id, customer.name as customer_name,
    stage.stage_name, stage.stage_order, stage.has_next, opportunity.business_line, opportunity.lead_source,
    judged.outcome, judged.precision,
    coalesce(opportunity_version.amount_cny, opportunity.amount_cny) as amount_cny,
    case when opportunity_version.amount_cny is null then 'now' else opportunity_version.precision end as amount_precision,
    stage.benchmark_rate, stage.benchmark_source, stage.benchmark_date,
    business_today() - judged.entered_date >= judged.window_days as is_mature, judged.window_days,
    judged.entered_date, month_text(judged.entered_date) as cohort_month,
    coalesce(territory_assignment.owner_id, opportunity.owner_id, 'unassigned') as rls_owner, owner.name as owner_name,
    coalesce(territory_assignment.region, owner.region, 'unassigned') as rls_region,
    owner.manager_id, manager.name as manager_name
from judged
join core.opportunity on opportunity.opportunity_id = judged.opportunity_id
join core.stage
    on stage.connection = judged.connection and stage.pipeline = judged.pipeline and stage.stage_key = judged.stage_key
left join core.opportunity_version
    on opportunity_version.opportunity_id = judged.opportunity_id and opportunity_version.valid_from <= judged.entered_at
    and coalesce(opportunity_version.valid_to, timestamp '9999-12-31 00:00:00') > judged.entered_at
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = opportunity.customer_id
    and territory_assignment.valid_from <= judged.entered_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > judged.entered_date
left join core.employee as owner
    on owner.employee_id = coalesce(territory_assignment.owner_id, opportunity.owner_id)
left join core.employee as manager on manager.employee_id = owner.manager_id
where not coalesce(customer.is_internal, false)
