-- what     Customers that may be one, and payers that may be a customer (疑似重复), for a person to judge: found by rare keys that names or
--          codes share, never by all pairs. Pairs that somebody judged are not here. METRICS 0.9, DAT-5.
-- grain    one row per pair of customers, or of a customer and a payer's name that leads to nobody
-- key      candidate_id
-- sources  core.customer_link, core.customer_record, ops.event
-- computed customer_candidates
-- column   candidate_id: both customers, or customer and payer's record
-- column   record_a: the record whose name speaks for the pair most
-- column   customer_b: null for a payer
-- column   kind_b: customer or payer
-- column   score: 0 to 100; names alone give 80 at most
-- column   reasons: in words, for and against
-- column   detail: JSON: list of key and points, one for each reason
-- accepted kind_b: customer, payer
-- required customer_a, record_a, record_b, score, reasons
-- reference customer_a -> core.customer.customer_id
-- reference customer_b -> core.customer.customer_id
select
    'record' as input, customer_link.connection, customer_link.source_id, customer_link.kind, customer_link.customer_id,
    case when customer_link.kind = 'payer' then substr(customer_link.source_id, 7) else customer_record.name end as name,
    customer_record.short_name, customer_record.former_names,
    customer_link.said_credit_code, customer_link.own_credit_code, customer_link.code_state,
    null::varchar as event_id, null::bigint as sequence, null::varchar as body
from core.customer_link
left join core.customer_record
    on customer_record.connection = customer_link.connection and customer_record.source_id = customer_link.source_id
union all
select 'decision', null, null, kind, null, null, null, null, null, null, null, event_id, sequence, body::varchar
from ops.event
where kind in ('customer.merged', 'customer.split', 'customer.kept_apart', 'customer.undone')
