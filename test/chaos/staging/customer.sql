-- what     Customers of the chaos source.
-- grain    one row per customer
-- key      connection, source_id
-- sources  raw.customers
select
    _connection as connection,
    _source_id as source_id,
    name,
    null as short_name,
    null as former_names,
    credit_code,
    'A' as customer_class,
    null as owner_ref,
    region,
    'erp' as kind,
    cast(null as decimal(18, 2)) as declared_yearly_purchase_cny,
    cast(null as decimal(18, 2)) as credit_limit_cny,
    cast(null as varchar) as payer_class,
    false as is_internal,
    _deleted_at is not null as is_deleted,
    date '2026-01-01' as created_date,
    changed as source_updated_at,
    changed as recorded_at
from raw.customers
