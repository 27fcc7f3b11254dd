-- what     Return rate (退换货率) of a customer over the 12 months to a month's end: returned / delivered value. METRICS ORD-7, HEA-4.
-- grain    one row per customer and month of the health population, if something was delivered or came back
-- key      customer_id, month
-- sources  core.delivery, core.goods_return, core.health_population
-- column   return_rate: 0 to 1, exchanges included; null if nothing was delivered
with moved as (
    select customer_id, delivery_date as moved_date, amount_cny as delivered_cny, 0 as returned_cny from core.delivery
    union all
    select customer_id, return_date, 0, amount_cny from core.goods_return
),
moved_day as (
    select customer_id, moved_date, sum(delivered_cny) as delivered_cny, sum(returned_cny) as returned_cny
    from moved group by customer_id, moved_date
)
select
    health_population.customer_id, health_population.month,
    sum(moved_day.returned_cny)::decimal(18, 2) as returned_cny,
    sum(moved_day.delivered_cny)::decimal(18, 2) as delivered_cny,
    cast(sum(moved_day.returned_cny) as double precision)
        / nullif(cast(sum(moved_day.delivered_cny) as double precision), 0) as return_rate
from core.health_population
join moved_day
    on moved_day.customer_id = health_population.customer_id
    and moved_day.moved_date between health_population.year_start and health_population.month_end
group by health_population.customer_id, health_population.month
