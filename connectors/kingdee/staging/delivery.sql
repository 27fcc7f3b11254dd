-- what     Deliveries (销售出库单) of Kingdee at order prices, tax included, in CNY (ORD-4).
-- grain    one row per delivery
-- key      connection, source_id
-- sources  raw.deliveries
select
    _connection as connection,
    _source_id as source_id,
    fbillno as number,
    cast(fcustomerid as varchar) as customer_ref,
    cast(coalesce(nullif(fbillallamount_lc, 0), round(fbillallamount * coalesce(nullif(fexchangerate, 0), 1), 2))
        as decimal(18, 2)) as amount_cny,
    fdocumentstatus = 'C' and coalesce(nullif(trim(fcancelstatus), ''), 'A') = 'A' as is_counted,
    fdate as delivery_date,
    _deleted_at is not null as is_deleted,
    fmodifydate as source_updated_at,
    coalesce(fapprovedate, fcreatedate, _first_extracted_at) as recorded_at
from raw.deliveries
