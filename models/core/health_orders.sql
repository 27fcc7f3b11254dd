-- what     Orders and returns (订单稳定与退换, HEA-4): [0.7] x mean of (order value of the last 6 months / the 6 before; days since the
--          last order / median gap) + [0.3] x return rate of the 12 months, by the curves order_ratio, gap_ratio and return_percent.
--          A part without a denominator is left out and the others weigh more.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.health_curve, core.health_limit, core.health_order_rhythm, core.health_population, core.health_returns
-- column   value: 0 to 100; null if missing
-- column   missing_reason: too_few_orders: fewer than [3] orders in 24 months
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
        by_order.base_points + (rated.order_ratio - by_order.base_x) * by_order.slope as order_points,
        by_gap.base_points + (rated.gap_ratio - by_gap.base_x) * by_gap.slope as gap_points,
        by_return.base_points + (rated.return_rate * 100 - by_return.base_x) * by_return.slope as return_points
    from rated
    left join core.health_curve as by_order
        on by_order.curve = 'order_ratio' and rated.order_ratio > by_order.from_x and rated.order_ratio <= by_order.to_x
    left join core.health_curve as by_gap
        on by_gap.curve = 'gap_ratio' and rated.gap_ratio > by_gap.from_x and rated.gap_ratio <= by_gap.to_x
    left join core.health_curve as by_return
        on by_return.curve = 'return_percent'
        and rated.return_rate * 100 > by_return.from_x and rated.return_rate * 100 <= by_return.to_x
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
        when averaged.orders < health_limit.orders then null
        when return_points is null then rhythm_points
        when rhythm_points is null then return_points
        else (cast(health_limit.rhythm_percent as double precision) * rhythm_points
            + cast(100 - health_limit.rhythm_percent as double precision) * return_points) / 100
    end as value,
    case when averaged.orders < health_limit.orders or (rhythm_points is null and return_points is null) then 'too_few_orders' end as missing_reason,
    averaged.orders, half_year_cny, half_year_before_cny, days_since_order, median_gap_days, return_rate, return_points
from averaged
cross join core.health_limit
