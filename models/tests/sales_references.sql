-- what     Rows of the pipeline, of contacts and of risk point to rows that exist.
-- sources  core.activity, core.bureau_check, core.customer, core.opportunity, core.opportunity_stage_stay, core.risk_event
select 'opportunity.customer_id' as reference, opportunity.opportunity_id as id
from core.opportunity
left join core.customer on customer.customer_id = opportunity.customer_id
where opportunity.customer_id is not null and customer.customer_id is null
union all
select 'opportunity_stage_stay.opportunity_id', opportunity_stage_stay.stay_id
from core.opportunity_stage_stay
left join core.opportunity on opportunity.opportunity_id = opportunity_stage_stay.opportunity_id
where opportunity.opportunity_id is null
union all
select 'activity.customer_id', activity.activity_id
from core.activity
left join core.customer on customer.customer_id = activity.customer_id
where activity.customer_id is not null and customer.customer_id is null
union all
select 'risk_event.customer_id', risk_event.risk_event_id
from core.risk_event
left join core.customer on customer.customer_id = risk_event.customer_id
where risk_event.customer_id is not null and customer.customer_id is null
union all
select 'bureau_check.customer_id', bureau_check.bureau_check_id
from core.bureau_check
left join core.customer on customer.customer_id = bureau_check.customer_id
where bureau_check.customer_id is not null and customer.customer_id is null
