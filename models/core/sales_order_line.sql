-- what     Lines of the sales orders that count (订单行). METRICS ORD-1.
-- grain    one row per order line
-- key      sales_order_line_id
-- sources  core.sales_order, staging.sales_order_line
-- reference sales_order_id -> core.sales_order.sales_order_id
-- incremental  key connection, source_id; changed since staging.sales_order_line, core.sales_order via order_ref
select
    sales_order_line.connection || ':' || sales_order_line.source_id as sales_order_line_id,
    sales_order.sales_order_id, sales_order.customer_id,
    sales_order.number as order_number, sales_order_line.line_number,
    sales_order_line.product_code, sales_order_line.product_group,
    sales_order_line.quantity, sales_order_line.amount_cny,
    sales_order.order_date,
    sales_order_line.connection, sales_order_line.source_id, sales_order_line.source_updated_at, sales_order_line.recorded_at
from staging.sales_order_line
join core.sales_order
    on sales_order.connection = sales_order_line.connection and sales_order.source_id = sales_order_line.order_ref
where not sales_order_line.is_deleted
