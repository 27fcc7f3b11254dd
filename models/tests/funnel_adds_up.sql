-- what     Entered = advanced + lost + back + still for every stage (METRICS 12.8): entered counted a second way, from the highest stage
--          each opportunity ever was in, is what the cohort has; and every row has one of the four outcomes.
-- sources  core.customer, core.opportunity, core.opportunity_stage_stay, core.stage, marts.funnel_cohort
with highest as (
    select opportunity.opportunity_id, opportunity.connection, opportunity_stage_stay.business_line,
        max(opportunity_stage_stay.stage_order) as stage_order
    from core.opportunity
    join core.opportunity_stage_stay on opportunity_stage_stay.opportunity_id = opportunity.opportunity_id
    left join core.customer on customer.customer_id = opportunity.customer_id
    where opportunity.status <> 'invalid' and not coalesce(customer.is_internal, false)
        and not opportunity_stage_stay.is_lost and business_date(opportunity_stage_stay.entered_at) <= business_today()
    group by opportunity.opportunity_id, opportunity.connection, opportunity_stage_stay.business_line
),
entered as (
    select stage.connection, stage.stage_key, count(*) as entered
    from highest
    join core.stage
        on stage.connection = highest.connection and stage.business_line is not distinct from highest.business_line
        and not stage.is_lost and stage.stage_order <= highest.stage_order
    group by stage.connection, stage.stage_key
),
followed as (
    select opportunity.connection, funnel_cohort.stage_key,
        count(*) filter (where funnel_cohort.outcome in ('advanced', 'lost', 'back', 'still')) as followed
    from marts.funnel_cohort
    join core.opportunity on opportunity.opportunity_id = funnel_cohort.opportunity_id
    group by opportunity.connection, funnel_cohort.stage_key
)
select coalesce(entered.stage_key, followed.stage_key) as stage_key, entered.entered, followed.followed
from entered
full join followed on followed.connection = entered.connection and followed.stage_key = entered.stage_key
where coalesce(entered.entered, 0) <> coalesce(followed.followed, 0)
