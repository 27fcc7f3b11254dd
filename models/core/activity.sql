-- what     Something done with or for a customer (跟进记录). METRICS HEA-3, FUN-10.
-- grain    one row per activity
-- key      activity_id
-- sources  core.customer_identity, core.employee_identity, core.opportunity, staging.activity
-- column   customer_id: of the activity, else of its opportunity
-- column   is_contact: a completed contact with the customer: visit, call, meeting, message from the customer, quotation, sample or
--          drawing sent; not a message of ours, an internal note or a plan
-- index    customer_id
-- reference customer_id -> core.customer.customer_id
-- reference opportunity_id -> core.opportunity.opportunity_id
-- incremental  key connection, source_id; changed since staging.activity, core.customer_identity via customer_ref,
--          core.opportunity via opportunity_ref, core.employee_identity via owner_ref
select
    activity.connection || ':' || activity.source_id as activity_id,
    coalesce(customer_identity.customer_id, opportunity.customer_id) as customer_id,
    opportunity.opportunity_id,
    employee_identity.employee_id as owner_id,
    activity.activity_type, activity.note,
    activity.activity_type in ('visit', 'call', 'meeting', 'message_in', 'quotation', 'sample', 'drawing') as is_contact,
    business_date(activity.occurred_at) as activity_date,
    activity.occurred_at,
    activity.connection, activity.source_id, activity.source_updated_at, activity.recorded_at
from staging.activity
left join core.customer_identity
    on customer_identity.connection = activity.connection and customer_identity.source_id = activity.customer_ref
left join core.opportunity
    on opportunity.connection = activity.connection and opportunity.source_id = activity.opportunity_ref
left join core.employee_identity
    on employee_identity.connection = activity.connection and employee_identity.source_id = activity.owner_ref
where not activity.is_deleted
