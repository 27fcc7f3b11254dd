-- what     Lines of sales orders (销售订单明细) of Kingdee, tax included, in CNY.
-- grain    one row per order line
-- key      connection, source_id
-- sources  raw.sales_order_entries, raw.sales_orders
-- column   order_ref: FID of the order
select
    line._connection as connection,
    line._source_id as source_id,
    cast(line.fid as varchar) as order_ref,
    line.fbillno as number,
    nullif(trim(line.fmaterialid_fnumber), '') as product_code,
    nullif(trim(line.fmaterialid_fmaterialgroup_fname), '') as product_group,
    cast(line.fsaleorderentry_fseq as int) as line_number,
    line.fqty as quantity,
    cast(coalesce(nullif(line.fallamount_lc, 0),
        round(line.fallamount * coalesce(nullif(sales_order.fexchangerate, 0), 1), 2)) as decimal(18, 2)) as amount_cny,
    line._deleted_at is not null or sales_order._deleted_at is not null as is_deleted,
    line.fmodifydate as source_updated_at,
    coalesce(sales_order.fapprovedate, line._first_extracted_at) as recorded_at
from raw.sales_order_entries as line
left join raw.sales_orders as sales_order on sales_order.fid = line.fid
