-- what     The registered name behind a credit code, as the bureau's last check of the controller gave it: resolves customers who
--          were renamed. Only companies that were asked about by credit code.
-- grain    one row per company
-- key      connection, source_id
-- sources  raw.answers
with named as (
    select
        answers.*,
        row_number() over (partition by company order by checked_at desc) as from_last
    from raw.answers as answers
    where record = 'check' and registered_name is not null and credit_code is not null
)
select
    _connection as connection,
    company as source_id,
    registered_name as name,
    null as short_name,
    credit_code,
    null as customer_class,
    null as owner_ref,
    null as region,
    'bureau' as kind,
    null as declared_yearly_purchase_cny,
    null as credit_limit_cny,
    null as payer_class,
    false as is_internal,
    _deleted_at is not null as is_deleted,
    null as created_date,
    checked_at as source_updated_at,
    checked_at as recorded_at
from named
where from_last = 1
