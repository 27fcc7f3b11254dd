-- what     What would turn a customer green (转绿所需): per known indicator the value that alone would lift the score to [70], and what has
--          to happen for it, by the curves of METRICS HEA-1 to HEA-6. As of the month's end; nothing else may change.
-- grain    one row per customer and month with a score below green, and known indicator
-- key      customer_id, month, indicator
-- sources  core.health_demand, core.health_indicator, core.health_interaction, core.health_orders, core.health_punctuality,
--          core.health_score
-- column   points_to_green: what the score lacks
-- column   green_value: the indicator that would make it; null if even 100 would not
-- column   green_in_time_cny: punctuality: due amounts to come in on time, on top of what was judged
-- column   green_won_rate: demand: this share of decided value won, 0 to 1; null if not known, or if even 50 % would not do
-- column   green_core_rate: demand: this share of core products, 0 to 1
-- column   green_purchase_rate: demand: this share of the declared yearly purchases
-- column   green_contact_weeks: interaction: this many of 13 weeks with contact, one of them in the last 14 days
-- column   green_half_year_cny: orders: this value of 6 months, with an order now; equal to what it is: any new order will do
with short as (
    select
        health_indicator.customer_id, health_indicator.month,
        sum(health_indicator.weight) as known_weight,
        70 - ( -- added up in one order: a sum of doubles takes them in another one on each engine, and differs in its last digit
            coalesce(max(health_indicator.weight * health_indicator.value) filter (where health_indicator.indicator = 'punctuality'), 0)
            + coalesce(max(health_indicator.weight * health_indicator.value) filter (where health_indicator.indicator = 'demand'), 0)
            + coalesce(max(health_indicator.weight * health_indicator.value) filter (where health_indicator.indicator = 'interaction'), 0)
            + coalesce(max(health_indicator.weight * health_indicator.value) filter (where health_indicator.indicator = 'orders'), 0)
            + coalesce(max(health_indicator.weight * health_indicator.value) filter (where health_indicator.indicator = 'risk'), 0)
        ) / sum(health_indicator.weight) as points_to_green
    from core.health_indicator
    join core.health_score
        on health_score.customer_id = health_indicator.customer_id and health_score.month = health_indicator.month
    where health_indicator.value is not null and health_score.score < 70
    group by health_indicator.customer_id, health_indicator.month
),
needed as (
    select
        health_indicator.customer_id, health_indicator.month, health_indicator.indicator, health_indicator.value,
        short.points_to_green,
        health_indicator.value + short.points_to_green * short.known_weight / health_indicator.weight as green_value
    from short
    join core.health_indicator
        on health_indicator.customer_id = short.customer_id and health_indicator.month = short.month
    where health_indicator.value is not null
),
demand as (
    select
        health_demand.*,
        (won_rate is not null)::int + (core_rate is not null)::int + (purchase_rate is not null)::int as known,
        case when won_rate < 0.5 then won_rate * 200 when won_rate >= 0.5 then 100 end as won_points,
        core_rate * 100 as core_points,
        case when purchase_rate < 0.3 then purchase_rate * 100 / 0.3 when purchase_rate >= 0.3 then 100 end as purchase_points
    from core.health_demand
),
orders as ( -- an order now: the gap has all its points, what is left has to come from the value
    select
        needed.customer_id, needed.month, needed.indicator,
        coalesce(health_orders.half_year_cny, 0) as half_year_cny, health_orders.half_year_before_cny,
        case when health_orders.return_points is null then needed.green_value
            else (needed.green_value - 0.3 * health_orders.return_points) / 0.7 end as rhythm_points,
        coalesce(health_orders.median_gap_days, 0) > 0 as has_gap,
        coalesce(health_orders.half_year_before_cny, 0) > 0 as has_ratio
    from needed
    join core.health_orders
        on health_orders.customer_id = needed.customer_id and health_orders.month = needed.month
        and health_orders.indicator = needed.indicator
),
order_value as (
    select
        orders.*,
        case when has_gap then 2 * rhythm_points - 100 else rhythm_points end as ratio_points -- of the value against the 6 months before
    from orders
)
select
    needed.customer_id, needed.month, needed.indicator, needed.points_to_green,
    case when needed.green_value <= 100 then needed.green_value end as green_value,
    case when needed.green_value < 99.999 -- next to 100 no sum of money paid in time would do
        then cast(cast(health_punctuality.judged_cny as double precision)
            * (needed.green_value - needed.value) / (100 - needed.green_value) as decimal(18, 2)) end as green_in_time_cny,
    case when demand.won_points + demand.known * (needed.green_value - needed.value) <= 100
        then (demand.won_points + demand.known * (needed.green_value - needed.value)) / 200 end as green_won_rate,
    case when demand.core_points + demand.known * (needed.green_value - needed.value) <= 100
        then (demand.core_points + demand.known * (needed.green_value - needed.value)) / 100 end as green_core_rate,
    case when demand.purchase_points + demand.known * (needed.green_value - needed.value) <= 100
        then (demand.purchase_points + demand.known * (needed.green_value - needed.value)) * 0.3 / 100 end as green_purchase_rate,
    case when needed.green_value <= 100
        then greatest(
            health_interaction.contact_weeks,
            ceil((needed.green_value - 40) / 0.6 * health_interaction.target_weeks / 100 - 0.000001)
        )::int end as green_contact_weeks, -- 40 points are the recency's
    case
        when order_value.has_ratio and order_value.ratio_points <= 100
            then greatest(
                order_value.half_year_cny,
                cast(cast(order_value.half_year_before_cny as double precision) * order_value.ratio_points / 100 as decimal(18, 2))
            )
        when not order_value.has_ratio and order_value.has_gap and order_value.rhythm_points <= 100 then order_value.half_year_cny
    end as green_half_year_cny
from needed
left join core.health_punctuality
    on health_punctuality.customer_id = needed.customer_id and health_punctuality.month = needed.month
    and health_punctuality.indicator = needed.indicator
left join demand
    on demand.customer_id = needed.customer_id and demand.month = needed.month and demand.indicator = needed.indicator
left join core.health_interaction
    on health_interaction.customer_id = needed.customer_id and health_interaction.month = needed.month
    and health_interaction.indicator = needed.indicator
left join order_value
    on order_value.customer_id = needed.customer_id and order_value.month = needed.month
    and order_value.indicator = needed.indicator
