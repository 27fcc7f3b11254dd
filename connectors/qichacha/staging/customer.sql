-- what     The registered name and the former names behind a credit code, as the bureau last gave each of them: resolves customers
--          who were renamed. Only companies that were asked about by credit code.
-- grain    one row per company
-- key      connection, source_id
-- sources  raw.answers
with told as (
    select
        _connection as connection, company, credit_code, registered_name, former_names, checked_at, _deleted_at,
        row_number() over (partition by company, service order by checked_at desc) as from_last,
        row_number() over (partition by company order by checked_at desc, service) as from_last_name
    from raw.answers
    where record = 'check' and registered_name is not null and credit_code is not null
),
former as (
    select company, max(former_names) as former_names from told where from_last = 1 group by company -- one service gives them
)
select
    told.connection,
    told.company as source_id,
    told.registered_name as name,
    null as short_name,
    former.former_names,
    told.credit_code,
    null as customer_class,
    null as owner_ref,
    null as region,
    'bureau' as kind,
    null as declared_yearly_purchase_cny,
    null as credit_limit_cny,
    null as payer_class,
    false as is_internal,
    told._deleted_at is not null as is_deleted,
    null as created_date,
    told.checked_at as source_updated_at,
    told.checked_at as recorded_at
from told
join former on former.company = told.company
where told.from_last_name = 1
