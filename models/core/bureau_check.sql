-- what     One question to a credit bureau about a customer (征信查询) with what it cost. METRICS HEA-5, DAT-7.
-- grain    one row per company, service and day
-- key      bureau_check_id
-- sources  core.customer, core.customer_name, staging.bureau_check
-- column   customer_id: by credit code, else by an unambiguous name; null if the company is not a customer
-- column   company_key: the customer, or the company where it is none: checks of one are compared with each other
-- column   kind: the kind of risk event whose list it gives; null where the service gives no list
-- column   is_complete: the list was read to its end
-- column   cost_cny: price of all its paid calls
-- column   order_number: the bureau's number on its bill
-- column   former_names: joined by '|'
-- reference customer_id -> core.customer.customer_id
with found as (
    select
        bureau_check.*,
        coalesce(
            customer.customer_id,
            case when bureau_check.credit_code is null or customer_name.credit_code is null then customer_name.customer_id end
        ) as customer_id -- by name only if no code speaks against it
    from staging.bureau_check
    left join core.customer on customer.credit_code = normal_name(bureau_check.credit_code)
    left join core.customer_name on customer_name.normalised_name = normal_name(bureau_check.company_name)
    where not bureau_check.is_deleted
)
select
    connection || ':' || source_id as bureau_check_id,
    customer_id,
    coalesce(customer_id, 'company ' || coalesce(credit_code, company_ref, company_name, source_id)) as company_key,
    service, kind, company_name,
    coalesce(calls, 1) as calls,
    cost_cny, order_number,
    coalesce(is_successful, false) as is_successful,
    coalesce(is_successful and is_complete, false) as is_complete,
    registered_name, former_names, controller_name, controller_ref,
    business_date(checked_at) as checked_date,
    checked_at,
    connection, source_id, source_updated_at, recorded_at
from found
