-- what     A paid call to a credit bureau (付费调用), as it was booked before it was made: also one whose answer was lost. METRICS DAT-7.
-- grain    one row per call
-- key      bureau_call_id
-- sources  core.customer, core.customer_name, meta.bureau_call
-- column   customer_id: by credit code, else by an unambiguous name; null if the company is not a customer
-- column   subject: what was asked: a credit code or a name
-- reference customer_id -> core.customer.customer_id
select
    bureau_call.call_id as bureau_call_id,
    bureau_call.connection, bureau_call.service, bureau_call.subject,
    coalesce(by_code.customer_id, by_name.customer_id) as customer_id,
    bureau_call.price_cny,
    bureau_call.called_at,
    business_date(bureau_call.called_at) as called_date,
    month_text(business_date(bureau_call.called_at)) as month
from meta.bureau_call
left join core.customer as by_code on by_code.credit_code = normal_name(bureau_call.subject)
left join core.customer_name as by_name on by_name.normalised_name = normal_name(bureau_call.subject)
