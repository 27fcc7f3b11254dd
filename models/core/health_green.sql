-- what     What would turn a customer green (转绿所需): per known indicator the value that alone would lift the score to [70], and what has
--          to happen for it, by the curves (core.health_curve) of METRICS HEA-1 to HEA-6. As of the month's end; nothing else may change.
-- grain    one row per customer and month with a score below green, and known indicator
-- key      customer_id, month, indicator
-- sources  core.health_curve, core.health_demand, core.health_indicator, core.health_interaction, core.health_limit,
--          core.health_orders, core.health_punctuality, core.health_score
-- column   points_to_green: what the score lacks
-- column   green_value: the indicator that would make it; null if even 100 would not
-- column   green_in_time_cny: punctuality: due amounts to come in on time, on top of what was judged
-- column   green_won_rate: demand: this share of decided value won, 0 to 1; null if not known, or if even 50 % would not do
-- column   green_core_rate: demand: this share of core products, 0 to 1
-- column   green_purchase_rate: demand: this share of the declared yearly purchases
-- column   green_contact_weeks: interaction: this many of 13 weeks with contact, one of them in the last 14 days
-- column   green_half_year_cny: orders: this value of 6 months, with an order now; equal to what it is: any new order will do
with best as ( -- what a curve gives at most
    select curve, max(end_points) as points from core.health_curve group by curve
),
rising as ( -- the pieces on which more is better, read backwards: which x gives these points
    select curve, base_x, base_points, end_points, slope from core.health_curve where slope > 0
),
short as (
    select
        health_indicator.customer_id, health_indicator.month,
        sum(health_indicator.weight) as known_weight,
        cast(max(health_limit.green) as double precision)
            - cast(sum(health_indicator.weight * health_indicator.value) as double precision) / sum(health_indicator.weight)
            as points_to_green
    from core.health_indicator
    cross join core.health_limit
    join core.health_score
        on health_score.customer_id = health_indicator.customer_id and health_score.month = health_indicator.month
    where health_indicator.value is not null and health_score.score < health_limit.green
    group by health_indicator.customer_id, health_indicator.month
),
needed as (
    select
        health_indicator.customer_id, health_indicator.month, health_indicator.indicator,
        cast(health_indicator.value as double precision) as value,
        short.points_to_green,
        cast(health_indicator.value as double precision)
            + short.points_to_green * short.known_weight / nullif(health_indicator.weight, 0) as green_value
    from short
    join core.health_indicator
        on health_indicator.customer_id = short.customer_id and health_indicator.month = short.month
    where health_indicator.value is not null
),
demand as ( -- the points that each part would have to have, alone
    select
        needed.customer_id, needed.month, needed.indicator,
        health_demand.won_points + health_demand.known * (needed.green_value - needed.value) as won_points,
        health_demand.core_points + health_demand.known * (needed.green_value - needed.value) as core_points,
        health_demand.purchase_points + health_demand.known * (needed.green_value - needed.value) as purchase_points
    from needed
    join core.health_demand
        on health_demand.customer_id = needed.customer_id and health_demand.month = needed.month
        and health_demand.indicator = needed.indicator
),
orders as ( -- an order now: the gap has all its points, what is left has to come from the value
    select
        needed.customer_id, needed.month, needed.indicator,
        coalesce(health_orders.half_year_cny, 0) as half_year_cny, health_orders.half_year_before_cny,
        case when health_orders.return_points is null then needed.green_value
            else (needed.green_value * 100
                - cast(100 - health_limit.rhythm_percent as double precision) * health_orders.return_points)
                / nullif(cast(health_limit.rhythm_percent as double precision), 0) end as rhythm_points,
        coalesce(health_orders.median_gap_days, 0) > 0 as has_gap,
        coalesce(health_orders.half_year_before_cny, 0) > 0 as has_ratio
    from needed
    cross join core.health_limit
    join core.health_orders
        on health_orders.customer_id = needed.customer_id and health_orders.month = needed.month
        and health_orders.indicator = needed.indicator
),
order_value as (
    select
        orders.*, gap.points as gap_points,
        case when has_gap then 2 * rhythm_points - gap.points else rhythm_points end as ratio_points -- of the value against the 6 months before
    from orders
    join best as gap on gap.curve = 'gap_ratio'
)
select
    needed.customer_id, needed.month, needed.indicator, needed.points_to_green,
    case when needed.green_value <= 100 then needed.green_value end as green_value,
    case when needed.green_value < in_time.points - 0.001 -- next to it no sum of money paid in time would do
        then cast(cast(health_punctuality.judged_cny as double precision)
            * (needed.green_value - needed.value) / (in_time.points - needed.green_value) as decimal(18, 2)) end as green_in_time_cny,
    (won.base_x + (demand.won_points - won.base_points) / won.slope) / 100 as green_won_rate,
    (core_curve.base_x + (demand.core_points - core_curve.base_points) / core_curve.slope) / 100 as green_core_rate,
    (purchase.base_x + (demand.purchase_points - purchase.base_points) / purchase.slope) / 100 as green_purchase_rate,
    case when needed.green_value * 100 <= cast(health_limit.contact_percent as double precision) * 100
                + cast(100 - health_limit.contact_percent as double precision) * recent.points
            and health_limit.contact_percent > 0
        then greatest(
            health_interaction.contact_weeks,
            ceil(
                (needed.green_value * 100 - cast(100 - health_limit.contact_percent as double precision) * recent.points)
                / cast(health_limit.contact_percent as double precision) * health_interaction.target_weeks / 100 - 0.000001
            )
        )::int end as green_contact_weeks, -- the rest are the recency's points
    case
        when order_value.has_ratio and (order_value.ratio_points <= 0 or by_order.slope is not null)
            then greatest(
                order_value.half_year_cny,
                cast(
                    cast(order_value.half_year_before_cny as double precision)
                    * coalesce(by_order.base_x + (order_value.ratio_points - by_order.base_points) / by_order.slope, 0)
                    as decimal(18, 2)
                )
            )
        when not order_value.has_ratio and order_value.has_gap and order_value.rhythm_points <= order_value.gap_points
            then order_value.half_year_cny
    end as green_half_year_cny
from needed
cross join core.health_limit
join best as in_time on in_time.curve = 'days_late'
join best as recent on recent.curve = 'days_since_contact'
left join core.health_punctuality
    on health_punctuality.customer_id = needed.customer_id and health_punctuality.month = needed.month
    and health_punctuality.indicator = needed.indicator
left join demand
    on demand.customer_id = needed.customer_id and demand.month = needed.month and demand.indicator = needed.indicator
left join rising as won
    on won.curve = 'won_percent' and demand.won_points > won.base_points and demand.won_points <= won.end_points
left join rising as core_curve
    on core_curve.curve = 'core_percent'
    and demand.core_points > core_curve.base_points and demand.core_points <= core_curve.end_points
left join rising as purchase
    on purchase.curve = 'purchase_percent'
    and demand.purchase_points > purchase.base_points and demand.purchase_points <= purchase.end_points
left join core.health_interaction
    on health_interaction.customer_id = needed.customer_id and health_interaction.month = needed.month
    and health_interaction.indicator = needed.indicator
left join order_value
    on order_value.customer_id = needed.customer_id and order_value.month = needed.month
    and order_value.indicator = needed.indicator
left join rising as by_order
    on by_order.curve = 'order_ratio'
    and order_value.ratio_points > by_order.base_points and order_value.ratio_points <= by_order.end_points
