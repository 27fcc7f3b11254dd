-- what     Goods sent back (销售退货单) of Kingdee; positive, tax included, in CNY (ORD-7).
-- grain    one row per return
-- key      connection, source_id
-- sources  raw.goods_returns
select
    _connection as connection,
    _source_id as source_id,
    fbillno as number,
    cast(fretcustid as varchar) as customer_ref,
    nullif(trim(freturnreason_fdatavalue), '') as reason,
    cast(abs(coalesce(nullif(fbillallamount_lc, 0), round(fbillallamount * coalesce(nullif(fexchangerate, 0), 1), 2)))
        as decimal(18, 2)) as amount_cny,
    fdocumentstatus = 'C' and coalesce(nullif(trim(fcancelstatus), ''), 'A') = 'A' as is_counted,
    fdate as return_date,
    _deleted_at is not null as is_deleted,
    fmodifydate as source_updated_at,
    coalesce(fapprovedate, fcreatedate, _first_extracted_at) as recorded_at
from raw.goods_returns
