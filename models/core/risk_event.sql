-- what     A court, penalty or register record about a customer (风险事件), found by credit code, else by an unambiguous name. METRICS
--          HEA-5. What the bureau's list no longer holds (deleted) stays, as no longer live.
-- grain    one row per record of a bureau
-- key      risk_event_id
-- sources  core.customer, core.customer_name, staging.risk_event
-- column   customer_id: null if the company is not a customer
-- reference customer_id -> core.customer.customer_id
select
    risk_event.connection || ':' || risk_event.source_id as risk_event_id,
    coalesce(
        customer.customer_id,
        case when risk_event.credit_code is null or customer_name.credit_code is null then customer_name.customer_id end
    ) as customer_id, -- by name only if no code speaks against it
    risk_event.kind, risk_event.title, risk_event.case_number, risk_event.company_name,
    risk_event.amount_cny,
    coalesce(risk_event.is_live, false) and not risk_event.is_deleted as is_live,
    risk_event.event_date,
    risk_event.connection, risk_event.source_id, risk_event.source_updated_at, risk_event.recorded_at
from staging.risk_event
left join core.customer on customer.credit_code = normal_name(risk_event.credit_code)
left join core.customer_name on customer_name.normalised_name = normal_name(risk_event.company_name)
