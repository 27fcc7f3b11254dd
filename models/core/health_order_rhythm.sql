-- what     How steadily a customer orders: the last 6 months against the 6 before, and the days since the last order against the usual
--          gap. METRICS HEA-4. Orders of one day are one occasion.
-- grain    one row per customer and month of the health population, if it ordered in the 24 months
-- key      customer_id, month
-- sources  core.health_population, core.sales_order
-- column   orders: in the 24 months to the month's end
-- column   median_gap_days: between days with orders in the 24 months; null if there was only one
with order_day as (
    select
        customer_id, order_date, count(*) as orders, sum(amount_cny) as amount_cny,
        lag(order_date) over (partition by customer_id order by order_date) as before_date
    from core.sales_order group by customer_id, order_date
),
dated as (
    select health_population.*, cast(month_end + 1 - interval '24 months' as date) as two_years_start from core.health_population
)
select
    dated.customer_id, dated.month,
    sum(order_day.orders)::int as orders,
    coalesce(sum(order_day.amount_cny) filter (where order_day.order_date >= dated.half_year_start), 0)::decimal(18, 2)
        as half_year_cny,
    coalesce(sum(order_day.amount_cny) filter (
        where order_day.order_date >= dated.year_start and order_day.order_date < dated.half_year_start
    ), 0)::decimal(18, 2) as half_year_before_cny,
    percentile_cont(0.5) within group (order by cast(order_day.order_date - order_day.before_date as double precision))
        filter (where order_day.before_date >= dated.two_years_start) as median_gap_days,
    (max(dated.month_end) - max(order_day.order_date))::int as days_since_order
from dated
join order_day
    on order_day.customer_id = dated.customer_id and order_day.order_date between dated.two_years_start and dated.month_end
group by dated.customer_id, dated.month
