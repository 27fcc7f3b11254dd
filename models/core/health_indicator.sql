-- what     The five indicators one below the other, with their weights, and what was last known of one that is missing. METRICS HEA-1
--          to HEA-5.
-- grain    one row per customer, month of the health population and indicator
-- key      customer_id, month, indicator
-- sources  core.health_demand, core.health_interaction, core.health_month, core.health_orders, core.health_punctuality,
--          core.health_risk, seeds.health_indicator
-- column   value: 0 to 100, null if missing, then missing_reason says why
-- column   last_known_value: value, or if missing that of the last month that had one; null if none had
with measured as (
    select customer_id, month, indicator, value, missing_reason from core.health_punctuality
    union all
    select customer_id, month, indicator, value, missing_reason from core.health_demand
    union all
    select customer_id, month, indicator, value, missing_reason from core.health_interaction
    union all
    select customer_id, month, indicator, value, missing_reason from core.health_orders
    union all
    select customer_id, month, indicator, value, missing_reason from core.health_risk
),
counted as ( -- months between two known values share a number
    select
        measured.*,
        count(value) over (partition by customer_id, indicator order by month rows between unbounded preceding and current row) as known
    from measured
)
select
    counted.customer_id, counted.month, health_month.month_number,
    counted.indicator, health_indicator.indicator_order, health_indicator.weight,
    counted.value, counted.missing_reason,
    max(counted.value) over (partition by counted.customer_id, counted.indicator, counted.known) as last_known_value
from counted
join core.health_month on health_month.month = counted.month
join seeds.health_indicator on health_indicator.indicator = counted.indicator
