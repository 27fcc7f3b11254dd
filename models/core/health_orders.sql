-- what     Orders and returns (订单稳定与退换, HEA-4): 0.7 x mean of (order value of the last 6 months / the 6 before, 1 -> 100, 0 -> 0; days
--          since the last order / median gap, <= 1.5 -> 100, >= 3 -> 0) + 0.3 x return rate of the 12 months (0 -> 100, 2 % 80, 5 %
--          50, >= 10 % 0). A part without a denominator is left out and the others weigh more.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.health_order_rhythm, core.health_population, core.health_returns
-- column   value: 0 to 100; null if missing
-- column   missing_reason: too_few_orders: fewer than 3 orders in 24 months
with rated as (
    select
        health_population.customer_id, health_population.month,
        coalesce(health_order_rhythm.orders, 0) as orders,
        health_order_rhythm.half_year_cny, health_order_rhythm.half_year_before_cny,
        health_order_rhythm.days_since_order, health_order_rhythm.median_gap_days,
        health_returns.return_rate,
        cast(health_order_rhythm.half_year_cny as double precision)
            / nullif(cast(health_order_rhythm.half_year_before_cny as double precision), 0) as order_ratio,
        health_order_rhythm.days_since_order / nullif(health_order_rhythm.median_gap_days, 0) as gap_ratio
    from core.health_population
    left join core.health_order_rhythm
        on health_order_rhythm.customer_id = health_population.customer_id
        and health_order_rhythm.month = health_population.month
    left join core.health_returns
        on health_returns.customer_id = health_population.customer_id and health_returns.month = health_population.month
),
pointed as (
    select
        rated.*,
        case when order_ratio < 0 then 0 when order_ratio < 1 then order_ratio * 100 when order_ratio >= 1 then 100 end
            as order_points,
        case when gap_ratio <= 1.5 then 100 when gap_ratio < 3 then (3 - gap_ratio) * 100 / 1.5 when gap_ratio >= 3 then 0 end
            as gap_points,
        case
            when return_rate <= 0.02 then 100 - return_rate * 20 / 0.02
            when return_rate <= 0.05 then 80 - (return_rate - 0.02) * 30 / 0.03
            when return_rate <= 0.10 then 50 - (return_rate - 0.05) * 50 / 0.05
            when return_rate > 0.10 then 0
        end as return_points
    from rated
),
averaged as (
    select
        pointed.*,
        (coalesce(order_points, gap_points) + coalesce(gap_points, order_points)) / 2 as rhythm_points
    from pointed
)
select
    customer_id, month, 'orders' as indicator,
    case
        when orders < 3 then null
        when return_points is null then rhythm_points
        when rhythm_points is null then return_points
        else 0.7 * rhythm_points + 0.3 * return_points
    end as value,
    case when orders < 3 or (rhythm_points is null and return_points is null) then 'too_few_orders' end as missing_reason,
    orders, half_year_cny, half_year_before_cny, days_since_order, median_gap_days, return_rate, return_points
from averaged
