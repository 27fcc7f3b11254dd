-- what     Customer health restated since freeze (健康度冻结后变动): per customer of a frozen month its score and colour as frozen and as known
--          now, and each indicator that moved, with the cause. Against the month's latest freeze. METRICS 8, DAT-8.
-- grain    one row per customer and frozen month (indicator score), and one per indicator that moved
-- key      customer_id, month, indicator
-- sources  marts.customer_health_live, marts.customer_health_reason_live, ops.frozen_customer_health, ops.frozen_health_reason,
--          ops.frozen_month
-- column   indicator: score, or punctuality, demand, interaction, orders, risk
-- column   change: unchanged, changed, late (no such customer when frozen), gone (none now: no business any more, or merged)
-- column   cause: customer (late or gone), source (a failed source was read since, or failed), data (what the indicator counts
--          changed), settings (weights, curves or limits changed), held (only the colour: data missing); null where unchanged
-- column   frozen_value: score or indicator, 0 to 100; null if grey or missing
-- column   difference: live - frozen; null if one of them is
-- column   is_moved: the score, the colour or the indicator is not what was frozen
-- column   is_latest: of the last frozen month
-- accepted change: unchanged, changed, late, gone
-- accepted cause: customer, source, data, settings, held
with latest as (
    select month, max(version) as version from ops.frozen_customer_health group by month
),
latest_reason as (
    select month, max(version) as version from ops.frozen_health_reason group by month
),
then_score as (
    select
        frozen_customer_health.customer_id, frozen_customer_health.customer_name, frozen_customer_health.month,
        frozen_customer_health.month_end, frozen_customer_health.score, frozen_customer_health.colour,
        frozen_customer_health.settings_version, frozen_customer_health.rls_owner, frozen_customer_health.owner_name,
        frozen_customer_health.rls_region
    from ops.frozen_customer_health
    join latest on latest.month = frozen_customer_health.month and latest.version = frozen_customer_health.version
),
then_reason as (
    select
        frozen_health_reason.customer_id, frozen_health_reason.month, frozen_health_reason.indicator, frozen_health_reason.value,
        frozen_health_reason.failed_source, frozen_health_reason.late_items, frozen_health_reason.late_cny,
        frozen_health_reason.largest_days_late, frozen_health_reason.overdue_items, frozen_health_reason.overdue_cny,
        frozen_health_reason.overdue_90_cny, frozen_health_reason.paid_in_time_rate, frozen_health_reason.won_rate,
        frozen_health_reason.core_rate, frozen_health_reason.purchase_rate, frozen_health_reason.contact_weeks,
        frozen_health_reason.days_since_contact, frozen_health_reason.half_year_cny, frozen_health_reason.half_year_before_cny,
        frozen_health_reason.days_since_order, frozen_health_reason.median_gap_days, frozen_health_reason.return_rate,
        frozen_health_reason.live_entries, frozen_health_reason.events
    from ops.frozen_health_reason
    join latest_reason on latest_reason.month = frozen_health_reason.month and latest_reason.version = frozen_health_reason.version
),
now_score as (
    select customer_health_live.*
    from marts.customer_health_live
    join latest on latest.month = customer_health_live.month
),
now_reason as (
    select customer_health_reason_live.*
    from marts.customer_health_reason_live
    join latest_reason on latest_reason.month = customer_health_reason_live.month
),
customer as (
    select
        coalesce(then_score.customer_id, now_score.customer_id) as customer_id,
        coalesce(then_score.month, now_score.month) as month,
        coalesce(then_score.month_end, now_score.month_end) as month_end,
        coalesce(now_score.customer_name, then_score.customer_name) as customer_name,
        then_score.customer_id is null as is_late, now_score.customer_id is null as is_gone,
        then_score.score as frozen_score, now_score.score as live_score,
        then_score.colour as frozen_colour, now_score.colour as live_colour,
        then_score.settings_version is distinct from now_score.settings_version as has_other_settings,
        coalesce(then_score.rls_owner, now_score.rls_owner) as rls_owner,
        coalesce(then_score.owner_name, now_score.owner_name) as owner_name,
        coalesce(then_score.rls_region, now_score.rls_region) as rls_region
    from then_score
    full join now_score on now_score.customer_id = then_score.customer_id and now_score.month = then_score.month
),
indicator as (
    select
        then_reason.customer_id, then_reason.month, then_reason.indicator,
        then_reason.value as frozen_value, now_reason.value as live_value,
        case
            when then_reason.failed_source is distinct from now_reason.failed_source then 'source'
            when (
                then_reason.late_items, then_reason.late_cny, then_reason.largest_days_late, then_reason.overdue_items,
                then_reason.overdue_cny, then_reason.overdue_90_cny, then_reason.paid_in_time_rate, then_reason.won_rate,
                then_reason.core_rate, then_reason.purchase_rate, then_reason.contact_weeks, then_reason.days_since_contact,
                then_reason.half_year_cny, then_reason.half_year_before_cny, then_reason.days_since_order,
                then_reason.median_gap_days, then_reason.return_rate, then_reason.live_entries, then_reason.events
            ) is distinct from (
                now_reason.late_items, now_reason.late_cny, now_reason.largest_days_late, now_reason.overdue_items,
                now_reason.overdue_cny, now_reason.overdue_90_cny, now_reason.paid_in_time_rate, now_reason.won_rate,
                now_reason.core_rate, now_reason.purchase_rate, now_reason.contact_weeks, now_reason.days_since_contact,
                now_reason.half_year_cny, now_reason.half_year_before_cny, now_reason.days_since_order,
                now_reason.median_gap_days, now_reason.return_rate, now_reason.live_entries, now_reason.events
            ) or not customer.has_other_settings then 'data'
            else 'settings'
        end as cause
    from then_reason
    join now_reason
        on now_reason.customer_id = then_reason.customer_id and now_reason.month = then_reason.month
        and now_reason.indicator = then_reason.indicator
    join customer on customer.customer_id = then_reason.customer_id and customer.month = then_reason.month
    where (then_reason.value is null) <> (now_reason.value is null) or abs(then_reason.value - now_reason.value) > 0.0000001
),
main_cause as ( -- what moved the score: a source before data before settings
    select
        customer_id, month,
        case min(case cause when 'source' then 1 when 'data' then 2 else 3 end) when 1 then 'source' when 2 then 'data' else 'settings' end
            as cause
    from indicator group by customer_id, month
),
both_kinds as (
    select
        customer.customer_id, customer.month, 'score' as indicator, customer.frozen_score as frozen_value,
        customer.live_score as live_value,
        customer.is_late or customer.is_gone or customer.frozen_score is distinct from customer.live_score
            or customer.frozen_colour is distinct from customer.live_colour as is_moved,
        case
            when customer.is_late or customer.is_gone then 'customer'
            when main_cause.cause is not null then main_cause.cause
            when customer.has_other_settings then 'settings'
            when customer.frozen_score is not distinct from customer.live_score then 'held'
            else 'data'
        end as cause
    from customer
    left join main_cause on main_cause.customer_id = customer.customer_id and main_cause.month = customer.month
    union all
    select customer_id, month, indicator, frozen_value, live_value, true, cause from indicator
)
select
    both_kinds.customer_id, customer.customer_name, both_kinds.month, customer.month_end, both_kinds.indicator,
    case
        when customer.is_late then 'late' when customer.is_gone then 'gone' when both_kinds.is_moved then 'changed' else 'unchanged'
    end as change,
    case when both_kinds.is_moved then both_kinds.cause end as cause,
    both_kinds.frozen_value, both_kinds.live_value, both_kinds.live_value - both_kinds.frozen_value as difference,
    customer.frozen_colour, customer.live_colour, both_kinds.is_moved,
    frozen_month.version as frozen_version, frozen_month.frozen_at,
    both_kinds.month = (select max(month) from latest) as is_latest,
    customer.rls_owner, customer.owner_name, customer.rls_region
from both_kinds
join customer on customer.customer_id = both_kinds.customer_id and customer.month = both_kinds.month
join latest on latest.month = both_kinds.month
left join ops.frozen_month
    on frozen_month.kind = 'customer_health' and frozen_month.month = latest.month and frozen_month.version = latest.version
