-- what     Orders in hand (在手未交订单) and goods delivered but not invoiced (发出商品未开票) as of each month end and today.
--          METRICS ORD-2, ORD-5.
-- grain    one row per order line and as-of date with anything undelivered or not invoiced; where a source's deliveries know no order
--          lines, one row per customer and as-of date, by value and without a backlog (is_by_value)
-- key      line_id, as_of_date
-- sources  core.as_of_date, core.customer, core.delivery, core.employee, core.goods_return, core.order_line_movement,
--          core.order_line_state, core.receivable_document, core.sales_order_line, core.territory_assignment
-- column   line_id: sales_order_line_id; customer:<customer_id> for a row by value
-- column   backlog_cny: greatest(ordered - delivered + returned for replacement, 0) x order price, of open lines; null by value
-- column   uninvoiced_cny: greatest(delivered - returned - invoiced, 0) x order price; by value: what was delivered and not sent back,
--          less what was billed, at least 0. No receivable, but part of the exposure
-- column   rls_owner: owner of the customer on the as-of date (METRICS 0.9)
with told as (
    select distinct connection from core.order_line_movement
),
line as (
    select
        order_line_state.sales_order_line_id as line_id, as_of_date.as_of_date, order_line_state.customer_id,
        sales_order_line.order_number, sales_order_line.product_code, false as is_by_value,
        order_line_state.undelivered_quantity, order_line_state.uninvoiced_quantity,
        round(cast(order_line_state.undelivered_quantity as decimal(38, 6)) * order_line_state.unit_price_cny, 2) as backlog_cny,
        round(cast(order_line_state.uninvoiced_quantity as decimal(38, 6)) * order_line_state.unit_price_cny, 2) as uninvoiced_cny
    from core.as_of_date
    join core.order_line_state
        on order_line_state.from_date <= as_of_date.as_of_date
        and coalesce(order_line_state.to_date, date '9999-12-31') > as_of_date.as_of_date
    join core.sales_order_line on sales_order_line.sales_order_line_id = order_line_state.sales_order_line_id
),
valued as (
    select delivery.customer_id, delivery.delivery_date as moved_date, delivery.amount_cny
    from core.delivery left join told on told.connection = delivery.connection where told.connection is null
    union all
    select goods_return.customer_id, goods_return.return_date, -goods_return.amount_cny
    from core.goods_return left join told on told.connection = goods_return.connection where told.connection is null
    union all
    select receivable_document.customer_id, receivable_document.document_date, -receivable_document.amount_cny
    from core.receivable_document left join told on told.connection = receivable_document.connection where told.connection is null
),
day as (
    select customer_id, moved_date, sum(amount_cny) as amount_cny from valued where moved_date is not null group by customer_id, moved_date
),
running as (
    select
        customer_id, moved_date as from_date,
        lead(moved_date) over (partition by customer_id order by moved_date) as to_date,
        sum(amount_cny) over (partition by customer_id order by moved_date) as uninvoiced_cny
    from day
),
every as (
    select * from line
    union all
    select
        'customer:' || running.customer_id, as_of_date.as_of_date, running.customer_id, null, null, true, null, null, null,
        running.uninvoiced_cny
    from core.as_of_date
    join running
        on running.from_date <= as_of_date.as_of_date and coalesce(running.to_date, date '9999-12-31') > as_of_date.as_of_date
    where running.uninvoiced_cny > 0
)
select
    every.line_id, every.as_of_date, every.customer_id, customer.name as customer_name,
    every.order_number, every.product_code, every.is_by_value,
    every.undelivered_quantity::decimal(18, 6) as undelivered_quantity,
    every.uninvoiced_quantity::decimal(18, 6) as uninvoiced_quantity,
    every.backlog_cny::decimal(18, 2) as backlog_cny,
    every.uninvoiced_cny::decimal(18, 2) as uninvoiced_cny,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from every
left join core.customer on customer.customer_id = every.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = every.customer_id
    and territory_assignment.valid_from <= every.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > every.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
