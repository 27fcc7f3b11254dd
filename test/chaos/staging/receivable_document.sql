-- what     Every order of the chaos source is billed on its day.
-- grain    one row per order
-- key      connection, source_id
-- sources  raw.orders
select
    _connection as connection,
    _source_id as source_id,
    'R' || id as number,
    customer_id as customer_ref,
    id as order_number,
    null as owner_number,
    amount as amount_cny,
    false as is_credit_note,
    true as is_counted,
    day as document_date,
    day as due_date,
    cast(null as date) as delivery_date,
    _deleted_at is not null as is_deleted,
    _deleted_at as deleted_at,
    changed as source_updated_at,
    changed as recorded_at
from raw.orders
