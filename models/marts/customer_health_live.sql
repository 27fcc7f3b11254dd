-- what     Customer health (客户健康度) of 13 complete months and the running one, as known now: five indicators, score, coverage and
--          colour, with the receivables behind them. METRICS HEA-1 to HEA-6. A freeze copies its rows.
-- grain    one row per customer and month
-- key      customer_id, month
-- sources  core.customer, core.employee, core.health_colour, core.health_indicator, core.health_limit, core.territory_assignment,
--          marts.receivable_balance
-- column   month_end: the as-of day; in the running month business_today()
-- column   punctuality: HEA-1, 0 to 100; null if missing
-- column   demand: HEA-2, 0 to 100; null if missing
-- column   interaction: HEA-3, 0 to 100; null if missing
-- column   orders: HEA-4, 0 to 100; null if missing
-- column   risk: HEA-5, 0 to 100; null if missing
-- column   punctuality_reason: why it is missing: too_few_due or source_failed
-- column   demand_reason: why it is missing: too_few_known or source_failed
-- column   interaction_reason: why it is missing: not_covered or source_failed
-- column   orders_reason: why it is missing: too_few_orders or source_failed
-- column   risk_reason: why it is missing: no_bureau_check or source_failed
-- column   score: HEA-6, 0 to 100, rounded to 0.1; null when grey
-- column   coverage: weight of the known indicators, 0 to 1
-- column   override_reason: why the colour is not the score's: dishonest_debtor, bankruptcy, overdue_90 or held
-- column   carried: indicators with last month's value, since their source failed; by commas, null if none
-- column   held_by: indicators that are missing now and were known before, by commas; why a colour is held
-- column   settings_version: the weights, curves and limits it was computed with (ops.health_version); 0: as in METRICS
-- column   rls_owner: owner of the customer at month_end (METRICS 0.9)
with pivoted as (
    select
        customer_id, month,
        cast(max(value) filter (where indicator = 'punctuality') as double precision) as punctuality,
        cast(max(value) filter (where indicator = 'demand') as double precision) as demand,
        cast(max(value) filter (where indicator = 'interaction') as double precision) as interaction,
        cast(max(value) filter (where indicator = 'orders') as double precision) as orders,
        cast(max(value) filter (where indicator = 'risk') as double precision) as risk,
        max(missing_reason) filter (where indicator = 'punctuality') as punctuality_reason,
        max(missing_reason) filter (where indicator = 'demand') as demand_reason,
        max(missing_reason) filter (where indicator = 'interaction') as interaction_reason,
        max(missing_reason) filter (where indicator = 'orders') as orders_reason,
        max(missing_reason) filter (where indicator = 'risk') as risk_reason,
        string_agg(indicator, ',' order by indicator_order) filter (where is_carried) as carried,
        string_agg(indicator, ',' order by indicator_order) filter (where value is null and last_known_value is not null) as held_by
    from core.health_indicator
    group by customer_id, month
)
select
    health_colour.customer_id, customer.name as customer_name,
    health_colour.month, health_colour.month_end,
    pivoted.punctuality, pivoted.demand, pivoted.interaction, pivoted.orders, pivoted.risk,
    pivoted.punctuality_reason, pivoted.demand_reason, pivoted.interaction_reason, pivoted.orders_reason, pivoted.risk_reason,
    health_colour.score, health_colour.coverage, health_colour.colour, health_colour.override_reason,
    pivoted.carried, pivoted.held_by, health_limit.settings_version,
    coalesce(receivable_balance.net_cny, 0)::decimal(18, 2) as receivable_net_cny,
    coalesce(receivable_balance.overdue_cny, 0)::decimal(18, 2) as overdue_cny,
    territory_assignment.owner_id as rls_owner, employee.name as owner_name,
    territory_assignment.region as rls_region
from core.health_colour
cross join core.health_limit
join pivoted on pivoted.customer_id = health_colour.customer_id and pivoted.month = health_colour.month
join core.customer on customer.customer_id = health_colour.customer_id
join core.territory_assignment
    on territory_assignment.customer_id = health_colour.customer_id
    and territory_assignment.valid_from <= health_colour.month_end
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > health_colour.month_end
left join core.employee on employee.employee_id = territory_assignment.owner_id
left join marts.receivable_balance
    on receivable_balance.customer_id = health_colour.customer_id and receivable_balance.as_of_date = health_colour.month_end
