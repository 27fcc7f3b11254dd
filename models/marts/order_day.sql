-- what     Days on which a customer ordered, and the days since it ordered before (下单间隔). Orders of one day are one occasion. METRICS CUS-3.
-- grain    one row per customer and day with an order
-- key      customer_id, order_date
-- sources  core.customer, core.employee, core.sales_order, core.territory_assignment
-- column   days_since_before: days since the customer's day with an order before this one; null for its first
-- column   rls_owner: owner of the customer on that day (METRICS 0.9)
-- index    customer_id
with ordered as (
    select
        customer_id, order_date, count(*) as orders, sum(amount_cny) as amount_cny,
        lag(order_date) over (partition by customer_id order by order_date) as before_date
    from core.sales_order
    where order_date <= business_today()
    group by customer_id, order_date
)
select
    ordered.customer_id, ordered.order_date, customer.name as customer_name,
    ordered.orders::int as orders, ordered.amount_cny::decimal(18, 2) as amount_cny,
    cast(ordered.order_date - ordered.before_date as double precision) as days_since_before,
    month_text(ordered.order_date) as month, month_start(ordered.order_date) as month_start,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from ordered
left join core.customer on customer.customer_id = ordered.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = ordered.customer_id
    and territory_assignment.valid_from <= ordered.order_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > ordered.order_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
