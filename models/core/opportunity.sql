-- what     A sales opportunity (商机) of a resolved customer, as it stands now. What the CRM deleted is invalid (作废); invalid ones
--          stay here, so that what left the pipeline can be counted (FUN-9), and are out of every other number.
-- grain    one row per opportunity
-- key      opportunity_id
-- sources  core.customer_identity, core.employee_identity, staging.opportunity
-- column   customer_id: null if the CRM names no customer
-- column   owner_id: employee_id; null if the CRM names none
-- column   status: open, won, lost or invalid
-- index    customer_id
-- reference customer_id -> core.customer.customer_id
-- accepted status: open, won, lost, invalid
select
    opportunity.connection || ':' || opportunity.source_id as opportunity_id,
    customer_identity.customer_id,
    employee_identity.employee_id as owner_id,
    opportunity.name, opportunity.stage_key,
    case when opportunity.is_deleted then 'invalid' else opportunity.status end as status,
    opportunity.lost_reason, opportunity.business_line, opportunity.lead_source,
    opportunity.amount_cny,
    opportunity.expected_close_date, opportunity.closed_date, opportunity.created_at,
    opportunity.connection, opportunity.source_id, opportunity.source_updated_at, opportunity.recorded_at
from staging.opportunity
left join core.customer_identity
    on customer_identity.connection = opportunity.connection and customer_identity.source_id = opportunity.customer_ref
left join core.employee_identity
    on employee_identity.connection = opportunity.connection and employee_identity.source_id = opportunity.owner_ref
