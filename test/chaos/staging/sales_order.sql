-- what     Orders of the chaos source.
-- grain    one row per order
-- key      connection, source_id
-- sources  raw.orders
select
    _connection as connection,
    _source_id as source_id,
    id as number,
    customer_id as customer_ref,
    null as owner_number,
    amount as amount_cny,
    'CNY' as currency,
    true as is_counted,
    status = 'closed' as is_closed,
    day as order_date,
    _deleted_at is not null as is_deleted,
    changed as source_updated_at,
    changed as recorded_at
from raw.orders
