-- what     Receipts of the chaos source.
-- grain    one row per receipt
-- key      connection, source_id
-- sources  raw.receipts
select
    _connection as connection,
    _source_id as source_id,
    id as number,
    customer_id as customer_ref,
    'cash' as method,
    null as bank_reference,
    amount as amount_cny,
    false as is_prepayment,
    true as is_counted,
    day as receipt_date,
    _deleted_at is not null as is_deleted,
    _deleted_at as deleted_at,
    changed as source_updated_at,
    changed as recorded_at
from raw.receipts
