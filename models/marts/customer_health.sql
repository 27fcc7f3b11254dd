-- what     Customer health as it is shown: the latest freeze where the month is frozen, else live. METRICS HEA-1 to HEA-6, HEA-8.
-- grain    one row per customer and month
-- key      customer_id, month
-- sources  marts.customer_health_live, ops.frozen_customer_health
-- column   carried: indicators with last month's value, since their source failed; by commas, null if none
-- column   held_by: indicators that are missing now and were known before; why a colour is held
-- column   settings_version: the weights, curves and limits it was computed with; of a frozen month those of its freeze
-- column   frozen_version: the freeze it comes from; null while live
-- column   previous_colour: as shown for the month before; null if the customer had none
-- index    customer_id
with latest as (
    select month, max(version) as version from ops.frozen_customer_health group by month
),
shown as (
    select
        customer_id, customer_name, month, month_end, punctuality, demand, interaction, orders, risk,
        punctuality_reason, demand_reason, interaction_reason, orders_reason, risk_reason,
        score, coverage, colour, override_reason, carried, held_by, settings_version,
        receivable_net_cny, overdue_cny, rls_owner, owner_name, rls_region,
        true as is_frozen, frozen_customer_health.version as frozen_version
    from ops.frozen_customer_health
    where exists (
        select 1 from latest
        where latest.month = frozen_customer_health.month and latest.version = frozen_customer_health.version
    )
    union all
    select
        customer_id, customer_name, month, month_end, punctuality, demand, interaction, orders, risk,
        punctuality_reason, demand_reason, interaction_reason, orders_reason, risk_reason,
        score, coverage, colour, override_reason, carried, held_by, settings_version,
        receivable_net_cny, overdue_cny, rls_owner, owner_name, rls_region,
        false, null
    from marts.customer_health_live
    where not exists (select 1 from latest where latest.month = customer_health_live.month)
)
select
    customer_id, customer_name, month, month_end, punctuality, demand, interaction, orders, risk,
    punctuality_reason, demand_reason, interaction_reason, orders_reason, risk_reason,
    score, coverage, colour, override_reason, carried, held_by, settings_version,
    case when lag(month_end) over (partition by customer_id order by month) = month_start(month_end) - 1
        then lag(colour) over (partition by customer_id order by month) end as previous_colour,
    receivable_net_cny, overdue_cny, is_frozen, frozen_version, rls_owner, owner_name, rls_region
from shown
