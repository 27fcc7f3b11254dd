-- what     Entered = advanced + lost + back + still for every stage and month (METRICS 12.8): entered counted a second way, from when each
--          opportunity first was in this or a later stage, is what the cohort's regions have together; and every row has one outcome.
-- sources  core.customer, core.opportunity, core.opportunity_stage_stay, core.stage, marts.funnel_cohort
with stay as (
    select opportunity_stage_stay.*, business_date(opportunity_stage_stay.entered_at) as entered_date
    from core.opportunity
    join core.opportunity_stage_stay on opportunity_stage_stay.opportunity_id = opportunity.opportunity_id
    left join core.customer on customer.customer_id = opportunity.customer_id
    where opportunity.status <> 'invalid' and not coalesce(customer.is_internal, false)
        and opportunity_stage_stay.stage_rank is not null and business_date(opportunity_stage_stay.entered_at) <= business_today()
),
first_reached as (
    select 'reached' as variant, stay.connection, stay.opportunity_id, stage.stage_key, min(stay.entered_date) as entered_date
    from stay
    join core.stage
        on stage.connection = stay.connection and stage.pipeline = stay.pipeline and stage.stage_rank <= stay.stage_rank
    group by stay.connection, stay.opportunity_id, stage.stage_key
    union all
    select 'strict', connection, opportunity_id, stage_key, min(entered_date) from stay group by connection, opportunity_id, stage_key
),
entered as (
    select variant, connection, stage_key, month_text(entered_date) as month, count(*) as entered
    from first_reached
    group by variant, connection, stage_key, month_text(entered_date)
),
by_region as (
    select
        funnel_cohort.variant, opportunity.connection, funnel_cohort.stage_key, funnel_cohort.cohort_month as month,
        funnel_cohort.rls_region,
        count(*) filter (where funnel_cohort.outcome = 'advanced') + count(*) filter (where funnel_cohort.outcome = 'lost')
        + count(*) filter (where funnel_cohort.outcome = 'back') + count(*) filter (where funnel_cohort.outcome = 'still') as followed
    from marts.funnel_cohort
    join core.opportunity on opportunity.opportunity_id = funnel_cohort.opportunity_id
    group by
        funnel_cohort.variant, opportunity.connection, funnel_cohort.stage_key, funnel_cohort.cohort_month, funnel_cohort.rls_region
),
followed as (
    select variant, connection, stage_key, month, sum(followed) as followed
    from by_region
    group by variant, connection, stage_key, month
)
select
    coalesce(entered.variant, followed.variant) as variant, coalesce(entered.stage_key, followed.stage_key) as stage_key,
    coalesce(entered.month, followed.month) as month, entered.entered, followed.followed
from entered
full join followed
    on followed.variant = entered.variant and followed.connection = entered.connection
    and followed.stage_key = entered.stage_key and followed.month = entered.month
where coalesce(entered.entered, 0) <> coalesce(followed.followed, 0)
