-- what     Payment terms (收款条件) of Kingdee's customers, by the words of their name: 月结30天, 货到60天, 票到45天, 30天. A name that says
--          anything else (shares, prepayments) gives no term.
-- grain    one row per customer whose term we understand
-- key      connection, source_id
-- sources  raw.customers
with named as (
    select customers.*, normal_name(frecconditionid_fname) as term from raw.customers as customers
),
understood as (
    select
        named.*,
        case
            when term ~ '^月结([0-9]{1,3}(天|日))?$' then 'month_end'
            when term ~ '^货到([0-9]{1,3}(天|日))?(付款)?$' then 'delivery'
            when term ~ '^(票到|见票)([0-9]{1,3}(天|日))?(付款)?$' then 'document'
            when term ~ '^(账期|净)?[0-9]{1,3}(天|日)$' then 'net'
        end as kind
    from named
)
select
    _connection as connection,
    _source_id as source_id,
    _source_id as customer_ref,
    kind,
    coalesce(cast(nullif(regexp_replace(term, '[^0-9]', '', 'g'), '') as int), 0) as days,
    _deleted_at is not null as is_deleted,
    fmodifydate as source_updated_at,
    coalesce(fcreatedate, _first_extracted_at) as recorded_at
from understood
where kind is not null
