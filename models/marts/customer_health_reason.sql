-- what     Why a customer's health is what it is (扣分原因), as it is shown: of the latest freeze where the month is frozen, else live. METRICS
--          HEA-1 to HEA-6.
-- grain    one row per customer, month and indicator
-- key      customer_id, month, indicator
-- sources  marts.customer_health_reason_live, ops.frozen_health_reason
-- column   points_lost: 100 - value; null if missing. The other columns: marts.customer_health_reason_live
-- index    customer_id
with latest as (
    select month, max(version) as version from ops.frozen_health_reason group by month
)
select
    customer_id, customer_name, month, month_end, indicator, weight, value, missing_reason, is_carried, failed_source,
    points_lost, score_weight, score_points_lost,
    late_items, late_cny, largest_days_late, overdue_items, overdue_cny, overdue_90_cny, paid_in_time_rate,
    won_rate, core_rate, purchase_rate, contact_weeks, target_weeks, days_since_contact,
    half_year_cny, half_year_before_cny, days_since_order, median_gap_days, return_rate, live_entries, events,
    points_to_green, green_value, green_in_time_cny, green_won_rate, green_core_rate, green_purchase_rate,
    green_contact_weeks, green_half_year_cny, rls_owner, owner_name, rls_region,
    true as is_frozen
from ops.frozen_health_reason
where exists (
    select 1 from latest where latest.month = frozen_health_reason.month and latest.version = frozen_health_reason.version
)
union all
select
    customer_id, customer_name, month, month_end, indicator, weight, value, missing_reason, is_carried, failed_source,
    points_lost, score_weight, score_points_lost,
    late_items, late_cny, largest_days_late, overdue_items, overdue_cny, overdue_90_cny, paid_in_time_rate,
    won_rate, core_rate, purchase_rate, contact_weeks, target_weeks, days_since_contact,
    half_year_cny, half_year_before_cny, days_since_order, median_gap_days, return_rate, live_entries, events,
    points_to_green, green_value, green_in_time_cny, green_won_rate, green_core_rate, green_purchase_rate,
    green_contact_weeks, green_half_year_cny, rls_owner, owner_name, rls_region,
    false
from marts.customer_health_reason_live
where not exists (select 1 from latest where latest.month = customer_health_reason_live.month)
