-- what     Sales orders (销售订单) that count: approved, not cancelled, not of a company of our own. METRICS ORD-1, 0.5, 0.10.
-- grain    one row per order
-- key      sales_order_id
-- sources  core.customer, core.customer_identity, staging.sales_order
-- column   owner_id: employee_id of the seller the order names
-- index    customer_id
select
    sales_order.connection || ':' || sales_order.source_id as sales_order_id,
    sales_order.number,
    coalesce(customer_identity.customer_id, sales_order.connection || ':' || sales_order.customer_ref) as customer_id,
    sales_order.owner_number as owner_id,
    sales_order.amount_cny, sales_order.currency,
    coalesce(sales_order.is_closed, false) as is_closed,
    sales_order.order_date,
    sales_order.connection, sales_order.source_id, sales_order.source_updated_at, sales_order.recorded_at
from staging.sales_order
left join core.customer_identity
    on customer_identity.connection = sales_order.connection and customer_identity.source_id = sales_order.customer_ref
left join core.customer on customer.customer_id = customer_identity.customer_id
where sales_order.is_counted and not sales_order.is_deleted and not coalesce(customer.is_internal, false)
