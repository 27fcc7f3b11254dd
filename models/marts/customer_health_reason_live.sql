-- what     Why a customer's health is what it is (扣分原因), as known now: per indicator the points lost, the facts behind them and what
--          would turn the customer green, as numbers. A freeze copies its rows. METRICS HEA-1 to HEA-6.
-- grain    one row per customer, month and indicator
-- key      customer_id, month, indicator
-- sources  core.health_demand, core.health_green, core.health_indicator, core.health_interaction, core.health_orders,
--          core.health_punctuality, core.health_risk, marts.customer_health_live
-- column   points_lost: 100 - value; null if missing
-- column   is_carried: value is last month's: failed_source (connection.stream) failed; the facts are then not told
-- column   score_weight: what the indicator can take from the score: 100 x weight / weight of the known indicators
-- column   score_points_lost: what that takes from the score: weight x points lost / weight of the known indicators
-- column   late_items: punctuality: items paid late in the 12 months, or overdue at the month's end
-- column   overdue_items: punctuality: items overdue at the month's end
-- column   largest_days_late: punctuality: calendar days
-- column   overdue_90_cny: punctuality: of what is overdue, the part over more than 90 days
-- column   won_rate: demand: won/(won + lost) by value, 0 to 1
-- column   core_rate: demand: share of core products, 0 to 1
-- column   purchase_rate: demand: share of the declared yearly purchases
-- column   contact_weeks: interaction: weeks with contact, of the last 13
-- column   half_year_cny: orders: value of the last 6 months
-- column   return_rate: orders: returned / delivered value of the 12 months, 0 to 1
-- column   live_entries: risk: entries on a bureau's live lists
-- column   events: risk: penalties, lawsuits, changes of controller
-- column   points_to_green: what the score lacks; null where there is none or it is green
-- column   green_value: the value that alone would make it green; null if none would; the other green_ columns say how
select
    health_indicator.customer_id, customer_health_live.customer_name,
    health_indicator.month, customer_health_live.month_end,
    health_indicator.indicator, health_indicator.weight,
    cast(health_indicator.value as double precision) as value, health_indicator.missing_reason,
    health_indicator.is_carried, health_indicator.failed_source,
    cast(100 - health_indicator.value as double precision) as points_lost,
    case when health_indicator.value is not null
        then health_indicator.weight * 100 / nullif(customer_health_live.coverage * 100, 0) end as score_weight,
    health_indicator.weight * cast(100 - health_indicator.value as double precision) / nullif(customer_health_live.coverage * 100, 0) as score_points_lost,
    health_punctuality.late_items, health_punctuality.late_cny, health_punctuality.largest_days_late,
    health_punctuality.overdue_items, health_punctuality.overdue_cny, health_punctuality.overdue_90_cny,
    health_punctuality.paid_in_time_rate,
    health_demand.won_rate, health_demand.core_rate, health_demand.purchase_rate,
    health_interaction.contact_weeks, health_interaction.target_weeks, health_interaction.days_since_contact,
    health_orders.half_year_cny, health_orders.half_year_before_cny, health_orders.days_since_order,
    health_orders.median_gap_days, health_orders.return_rate,
    health_risk.live_entries, health_risk.events,
    health_green.points_to_green, health_green.green_value, health_green.green_in_time_cny,
    health_green.green_won_rate, health_green.green_core_rate, health_green.green_purchase_rate,
    health_green.green_contact_weeks, health_green.green_half_year_cny,
    customer_health_live.rls_owner, customer_health_live.owner_name, customer_health_live.rls_region
from core.health_indicator
join marts.customer_health_live
    on customer_health_live.customer_id = health_indicator.customer_id and customer_health_live.month = health_indicator.month
left join core.health_punctuality
    on health_punctuality.customer_id = health_indicator.customer_id
    and health_punctuality.month = health_indicator.month and health_punctuality.indicator = health_indicator.indicator
left join core.health_demand
    on health_demand.customer_id = health_indicator.customer_id
    and health_demand.month = health_indicator.month and health_demand.indicator = health_indicator.indicator
left join core.health_interaction
    on health_interaction.customer_id = health_indicator.customer_id
    and health_interaction.month = health_indicator.month and health_interaction.indicator = health_indicator.indicator
left join core.health_orders
    on health_orders.customer_id = health_indicator.customer_id
    and health_orders.month = health_indicator.month and health_orders.indicator = health_indicator.indicator
left join core.health_risk
    on health_risk.customer_id = health_indicator.customer_id
    and health_risk.month = health_indicator.month and health_risk.indicator = health_indicator.indicator
left join core.health_green
    on health_green.customer_id = health_indicator.customer_id
    and health_green.month = health_indicator.month and health_green.indicator = health_indicator.indicator
