-- what     One paid question to a credit bureau about a customer (征信查询). METRICS HEA-5, DAT-7.
-- grain    one row per call
-- key      bureau_check_id
-- sources  core.customer, core.customer_name, staging.bureau_check
-- column   customer_id: by credit code, else by an unambiguous name; null if the company is not a customer
-- reference customer_id -> core.customer.customer_id
select
    bureau_check.connection || ':' || bureau_check.source_id as bureau_check_id,
    coalesce(
        customer.customer_id,
        case when bureau_check.credit_code is null or customer_name.credit_code is null then customer_name.customer_id end
    ) as customer_id, -- by name only if no code speaks against it
    bureau_check.service, bureau_check.company_name,
    bureau_check.cost_cny,
    coalesce(bureau_check.is_successful, false) as is_successful,
    business_date(bureau_check.checked_at) as checked_date,
    bureau_check.checked_at,
    bureau_check.connection, bureau_check.source_id, bureau_check.source_updated_at, bureau_check.recorded_at
from staging.bureau_check
left join core.customer on customer.credit_code = normal_name(bureau_check.credit_code)
left join core.customer_name on customer_name.normalised_name = normal_name(bureau_check.company_name)
where not bureau_check.is_deleted
