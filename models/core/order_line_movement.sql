-- what     What happened to each order line (发货, 退货, 开票, 关闭), in quantities and at the order's price. METRICS ORD-2 to ORD-5.
-- grain    one row per movement of a line of an order that counts
-- key      order_line_movement_id
-- sources  core.sales_order_line, staging.order_line_movement
-- column   kind: delivered, returned, returned_for_replacement, invoiced or closed
-- column   unit_price_cny: the line's amount over its quantity, tax included, to six decimals; null for a line without quantity
-- reference sales_order_line_id -> core.sales_order_line.sales_order_line_id
-- accepted kind: delivered, returned, returned_for_replacement, invoiced, closed
select
    order_line_movement.connection || ':' || order_line_movement.source_id as order_line_movement_id,
    sales_order_line.sales_order_line_id, sales_order_line.sales_order_id, sales_order_line.customer_id,
    order_line_movement.kind, order_line_movement.quantity,
    cast(cast(sales_order_line.amount_cny as double precision) / nullif(cast(sales_order_line.quantity as double precision), 0)
        as decimal(18, 6)) as unit_price_cny,
    order_line_movement.movement_date,
    order_line_movement.connection, order_line_movement.source_id,
    order_line_movement.source_updated_at, order_line_movement.recorded_at
from staging.order_line_movement
join core.sales_order_line
    on sales_order_line.connection = order_line_movement.connection
    and sales_order_line.source_id = order_line_movement.order_line_ref
where order_line_movement.is_counted and not order_line_movement.is_deleted
