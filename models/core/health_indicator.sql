-- what     The five indicators one below the other, with their weights. One whose source failed keeps last month's value once (is_carried),
--          then it is missing; and what was last known of one that is missing. METRICS HEA-1 to HEA-5, "missing must not flatter".
-- grain    one row per customer, month of the health population and indicator
-- key      customer_id, month, indicator
-- sources  core.health_demand, core.health_failed, core.health_interaction, core.health_month, core.health_orders,
--          core.health_punctuality, core.health_risk, core.health_setting
-- column   value: 0 to 100, null if missing, then missing_reason says why; a decimal, so that sums are exact
-- column   missing_reason: of the indicator's own, or source_failed
-- column   is_carried: value is last month's, because a source failed
-- column   failed_source: connection.stream that failed
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
own as (
    select
        measured.customer_id, measured.month, health_month.month_number, measured.indicator, health_failed.failed_source,
        case when health_failed.failed_source is null then cast(round(cast(measured.value as decimal(18, 9)), 6) as decimal(18, 6)) end as value,
        case when health_failed.failed_source is null then measured.missing_reason else 'source_failed' end as missing_reason
    from measured
    join core.health_month on health_month.month = measured.month
    left join core.health_failed
        on health_failed.customer_id = measured.customer_id and health_failed.month = measured.month
        and health_failed.indicator = measured.indicator
),
remembered as (
    select
        own.*,
        case when failed_source is not null
            and lag(month_number) over (partition by customer_id, indicator order by month_number) = month_number - 1
            then lag(value) over (partition by customer_id, indicator order by month_number) end as carried_value
    from own
),
shown as (
    select remembered.*, coalesce(value, carried_value) as shown_value
    from remembered
),
counted as ( -- months between two known values share a number
    select
        shown.*,
        count(shown_value) over (
            partition by customer_id, indicator order by month_number rows between unbounded preceding and current row
        ) as known
    from shown
)
select
    counted.customer_id, counted.month, counted.month_number,
    counted.indicator, health_setting.x::int as indicator_order, health_setting.value::int as weight,
    counted.shown_value as value,
    case when counted.shown_value is null then counted.missing_reason end as missing_reason,
    counted.carried_value is not null as is_carried, counted.failed_source,
    max(counted.shown_value) over (partition by counted.customer_id, counted.indicator, counted.known) as last_known_value
from counted
join core.health_setting on health_setting.part = 'weight' and health_setting.name = counted.indicator
