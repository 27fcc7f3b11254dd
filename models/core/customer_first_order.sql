-- what     The month in which a customer became a customer: of its first order that was not cancelled in full, or of its ERP record, where
--          that is older than all orders we know. METRICS CUS-1.
-- grain    one row per customer with an order, or with an ERP record older than the order history
-- key      customer_id
-- sources  core.customer_identity, core.order_line_movement, core.sales_order, core.sales_order_line, staging.customer
-- column   known_month: first day of that month; an order of a later month is a repeat order
-- column   first_order_date: null if all its orders were cancelled in full
-- column   is_known_older: known_month comes from the ERP record, since the order history starts later
with went as (
    select sales_order_line_id, sum(case when kind = 'delivered' then quantity else 0 end) as quantity,
        max(case when kind = 'closed' then 1 else 0 end) as closed
    from core.order_line_movement
    group by sales_order_line_id
),
cancelled as ( -- every line closed and nothing of it ever sent
    select sales_order_line.sales_order_id
    from core.sales_order_line
    left join went on went.sales_order_line_id = sales_order_line.sales_order_line_id
    group by sales_order_line.sales_order_id
    having min(coalesce(went.closed, 0)) = 1 and max(coalesce(went.quantity, 0)) = 0
),
history as (
    select min(order_date) as first_date from core.sales_order
),
ordered as (
    select sales_order.customer_id, min(sales_order.order_date) as first_order_date
    from core.sales_order
    left join cancelled on cancelled.sales_order_id = sales_order.sales_order_id
    where cancelled.sales_order_id is null
    group by sales_order.customer_id
),
made as (
    select customer_identity.customer_id, min(customer.created_date) as created_date
    from core.customer_identity
    join staging.customer on customer.connection = customer_identity.connection and customer.source_id = customer_identity.source_id
    where customer.kind = 'erp' and customer.created_date is not null
    group by customer_identity.customer_id
),
older as (
    select made.customer_id, made.created_date
    from made cross join history
    where made.created_date < history.first_date
)
select
    coalesce(ordered.customer_id, older.customer_id) as customer_id,
    month_start(coalesce(older.created_date, ordered.first_order_date)) as known_month,
    ordered.first_order_date,
    older.customer_id is not null as is_known_older
from ordered
full join older on older.customer_id = ordered.customer_id
