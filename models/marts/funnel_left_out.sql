-- what     What the funnel leaves out, to be counted (漏斗之外): stays in a stage that stands for none of the opportunity's pipeline, and won
--          opportunities without any earlier history, which are in no cycle. METRICS 7.1, FUN-7.
-- grain    one row per opportunity, reason and stage
-- key      opportunity_id, reason, stage_key
-- sources  core.customer, core.opportunity_stage_stay, marts.funnel_result
-- column   reason: unmapped_stage or no_history
-- column   stage_key: as the CRM writes it; '' for no_history
-- column   since: day it first was in that stage; the day it was won
-- column   rls_owner: as in marts.funnel_result
-- accepted reason: unmapped_stage, no_history
with unmapped as (
    select opportunity_id, stage_key, business_date(min(entered_at)) as since
    from core.opportunity_stage_stay
    where not is_mapped and not is_lost and business_date(entered_at) <= business_today()
    group by opportunity_id, stage_key
),
left_out as (
    select opportunity_id, 'unmapped_stage' as reason, stage_key, since from unmapped
    union all
    select opportunity_id, 'no_history', '', closed_date from marts.funnel_result where is_imported
)
select
    left_out.opportunity_id, left_out.reason, left_out.stage_key, left_out.since,
    funnel_result.opportunity_name, funnel_result.customer_id, customer.name as customer_name,
    funnel_result.business_line, funnel_result.lead_source, funnel_result.amount_cny,
    funnel_result.rls_owner, funnel_result.owner_name, funnel_result.rls_region,
    funnel_result.manager_id, funnel_result.manager_name
from left_out
join marts.funnel_result on funnel_result.opportunity_id = left_out.opportunity_id
left join core.customer on customer.customer_id = funnel_result.customer_id
