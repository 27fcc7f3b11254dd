-- what     Orders taken, goods sent, goods sent back and what of an order will not be sent, each on its own day. METRICS ORD-1, ORD-3,
--          ORD-4, ORD-7, CUS-1.
-- grain    one row per order line (intake), delivery, return and closed order line
-- key      flow_id
-- sources  core.customer, core.customer_first_order, core.delivery, core.employee, core.goods_return, core.order_line_movement,
--          core.sales_order, core.sales_order_line, core.territory_assignment
-- column   kind: intake, delivered, returned or closed_short
-- column   amount_cny: tax included, at order prices; positive for every kind
-- column   is_exchange: a return for replacement (换货), by its reason
-- column   is_repeat: intake of a customer that had an order, or an ERP record older than all orders, in an earlier calendar month (CUS-1)
-- column   rls_owner: owner of the customer on that day (METRICS 0.9)
-- index    customer_id
-- accepted kind: intake, delivered, returned, closed_short
with closed as (
    select sales_order_line_id, min(movement_date) as closed_date from core.order_line_movement where kind = 'closed' group by sales_order_line_id
),
rest as ( -- what was open on the day before it was closed, less what still went out on the day itself
    select
        closed.sales_order_line_id, closed.closed_date,
        greatest(sales_order_line.quantity
            - coalesce(sum(case order_line_movement.kind when 'delivered' then order_line_movement.quantity
                when 'returned_for_replacement' then -order_line_movement.quantity else 0 end), 0), 0) as quantity
    from closed
    join core.sales_order_line on sales_order_line.sales_order_line_id = closed.sales_order_line_id
    left join core.order_line_movement
        on order_line_movement.sales_order_line_id = closed.sales_order_line_id
        and order_line_movement.movement_date <= closed.closed_date
    group by closed.sales_order_line_id, closed.closed_date, sales_order_line.quantity
),
lined as (
    select sales_order_id, sum(amount_cny) as amount_cny from core.sales_order_line group by sales_order_id
),
flow as (
    select
        'intake:' || sales_order_line_id as flow_id, 'intake' as kind, customer_id, order_number as document_number,
        product_group, false as is_exchange, amount_cny, order_date as flow_date
    from core.sales_order_line
    union all -- what the order's head has and its lines do not
    select
        'intake_rest:' || sales_order.sales_order_id, 'intake', sales_order.customer_id, sales_order.number,
        null, false, sales_order.amount_cny - coalesce(lined.amount_cny, 0), sales_order.order_date
    from core.sales_order
    left join lined on lined.sales_order_id = sales_order.sales_order_id
    where sales_order.amount_cny <> coalesce(lined.amount_cny, 0)
    union all
    select 'delivered:' || delivery_id, 'delivered', customer_id, number, null, false, amount_cny, delivery_date from core.delivery
    union all
    select
        'returned:' || goods_return_id, 'returned', customer_id, number, null, coalesce(reason like '%换货%', false), amount_cny, return_date
    from core.goods_return
    union all
    select
        'closed_short:' || rest.sales_order_line_id, 'closed_short', sales_order_line.customer_id, sales_order_line.order_number,
        sales_order_line.product_group, false,
        round(cast(rest.quantity as decimal(38, 6)) * cast(cast(sales_order_line.amount_cny as double precision)
            / nullif(cast(sales_order_line.quantity as double precision), 0) as decimal(18, 6)), 2),
        rest.closed_date
    from rest
    join core.sales_order_line on sales_order_line.sales_order_line_id = rest.sales_order_line_id
    where rest.quantity > 0
)
select
    flow.flow_id, flow.kind, flow.customer_id, customer.name as customer_name, flow.document_number, flow.product_group,
    flow.is_exchange,
    flow.kind = 'intake' and coalesce(customer_first_order.known_month < month_start(flow.flow_date), false) as is_repeat,
    flow.amount_cny::decimal(18, 2) as amount_cny,
    month_text(flow.flow_date) as month, month_start(flow.flow_date) as month_start, flow.flow_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from flow
left join core.customer on customer.customer_id = flow.customer_id
left join core.customer_first_order on customer_first_order.customer_id = flow.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = flow.customer_id
    and territory_assignment.valid_from <= flow.flow_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > flow.flow_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where flow.flow_date <= business_today()
