-- what     Sales orders (销售订单) of Kingdee, tax included, in CNY: the booked local amount, else amount × rate (METRICS 0.4).
-- grain    one row per order
-- key      connection, source_id
-- sources  raw.sales_orders
-- column   currency: CNY, or the ERP's code of another currency
-- column   recorded_at: when the order was approved
select
    _connection as connection,
    _source_id as source_id,
    fbillno as number,
    cast(fcustid as varchar) as customer_ref,
    nullif(trim(fsalerid_fnumber), '') as owner_number,
    cast(coalesce(nullif(fbillallamount_lc, 0), round(fbillallamount * coalesce(nullif(fexchangerate, 0), 1), 2))
        as decimal(18, 2)) as amount_cny,
    case coalesce(nullif(trim(fsettlecurrid_fnumber), ''), 'PRE001') when 'PRE001' then 'CNY'
        else trim(fsettlecurrid_fnumber) end as currency,
    fdocumentstatus = 'C' and coalesce(nullif(trim(fcancelstatus), ''), 'A') = 'A' as is_counted,
    coalesce(fclosestatus, 'A') = 'B' as is_closed,
    fdate as order_date,
    _deleted_at is not null as is_deleted,
    fmodifydate as source_updated_at,
    coalesce(fapprovedate, fcreatedate, _first_extracted_at) as recorded_at
from raw.sales_orders
