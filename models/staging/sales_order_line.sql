-- what     A line of a sales order (订单行).
-- grain    one row per order line
-- key      connection, source_id
-- column   order_ref: sales_order.source_id of the same connection
-- column   number: the order's number
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as order_ref,
    null::varchar as number,
    null::varchar as product_code,
    null::varchar as product_group,
    null::int as line_number,
    null::decimal(18, 6) as quantity,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
