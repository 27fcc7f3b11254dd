-- what     Whether a customer that ordered in the year before still orders (客户留存), and how often it orders (订单频率), as of each month end
--          and today. METRICS CUS-2, CUS-3.
-- grain    one row per customer and as-of date, if it ordered in the 24 months
-- key      customer_id, as_of_date
-- sources  core.as_of_date, core.customer, core.employee, core.sales_order, core.territory_assignment
-- column   orders: in the months -11 to 0, 0 the as-of date's
-- column   order_cny, earlier_cny: their amount, and that of the months -23 to -12
-- column   is_earlier: it ordered in the months -23 to -12: the customers that could stay
-- column   is_retained: it did, and ordered in the months -11 to 0 too
-- column   retained_cny: order_cny of a customer that ordered in the months -23 to -12, else 0
-- column   rls_owner: owner of the customer on the as-of date (METRICS 0.9)
-- index    customer_id
with ordered as (
    select customer_id, month_start(order_date) as month, order_date, count(*) as orders, sum(amount_cny) as amount_cny
    from core.sales_order
    group by customer_id, month_start(order_date), order_date
),
monthly as ( -- a month is whole, but for the days after an as-of date in its middle, which lie ahead
    select customer_id, month, sum(orders) as orders, sum(amount_cny) as amount_cny
    from ordered where order_date <= business_today()
    group by customer_id, month
),
year as (
    select
        monthly.customer_id, as_of_date.as_of_date,
        monthly.month > cast(month_start(as_of_date.as_of_date) - interval '12 months' as date) as is_later,
        monthly.orders, monthly.amount_cny
    from core.as_of_date
    join monthly
        on monthly.month > cast(month_start(as_of_date.as_of_date) - interval '24 months' as date)
        and monthly.month <= as_of_date.as_of_date
),
summed as (
    select
        customer_id, as_of_date,
        coalesce(sum(orders) filter (where is_later), 0) as orders,
        coalesce(sum(amount_cny) filter (where is_later), 0) as order_cny,
        coalesce(sum(orders) filter (where not is_later), 0) as earlier_orders,
        coalesce(sum(amount_cny) filter (where not is_later), 0) as earlier_cny
    from year
    group by customer_id, as_of_date
)
select
    summed.customer_id, summed.as_of_date, customer.name as customer_name,
    summed.orders::int as orders, summed.earlier_orders::int as earlier_orders,
    summed.order_cny::decimal(18, 2) as order_cny, summed.earlier_cny::decimal(18, 2) as earlier_cny,
    summed.earlier_orders > 0 as is_earlier,
    summed.earlier_orders > 0 and summed.orders > 0 as is_retained,
    (case when summed.earlier_orders > 0 then summed.order_cny else 0 end)::decimal(18, 2) as retained_cny,
    month_text(summed.as_of_date) as month,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from summed
left join core.customer on customer.customer_id = summed.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = summed.customer_id
    and territory_assignment.valid_from <= summed.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > summed.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
