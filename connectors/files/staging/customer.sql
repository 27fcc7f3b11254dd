-- what     Customers of files; the config says which columns they come from.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.customer
select
    _connection as connection,
    source_id,
    name,
    short_name,
    former_names,
    credit_code,
    customer_class,
    owner_ref,
    region,
    coalesce(kind, 'crm') as kind,
    declared_yearly_purchase_cny,
    credit_limit_cny,
    payer_class,
    coalesce(is_internal, false) as is_internal,
    created_date,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.customer
