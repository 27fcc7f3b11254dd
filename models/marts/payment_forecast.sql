-- what     When each open item will be paid, by the hub's own forecast (付款日预测), and what came of it. METRICS HUB-1, HUB-5.
-- grain    one row per origin and open item; of the newest day and of month ends
-- key      origin_date, item_id
-- sources  core.customer, core.employee, core.open_item, core.settlement, core.territory_assignment, ops.cash_forecast,
--          ops.cash_forecast_item
-- column   p10_date: paid by then with probability 0.1; null: later than 180 days, or never
-- column   within_30: probability of payment within 30 days of the origin; never: not within 180 days
-- column   decile: of within_30, 1 to 10
-- column   observed_30: share of the open amount that was paid within 30 days; null until they are over
-- column   squared_error: (within_30 - observed_30)², for the Brier score
with version as (
    select
        origin_date, model_version,
        row_number() over (partition by origin_date order by computed_at desc, model_version desc) as place
    from ops.cash_forecast
),
origin as (
    select origin_date, model_version, origin_date = max(origin_date) over () as is_latest from version where place = 1
),
item as (
    select
        cash_forecast_item.origin_date, cash_forecast_item.item_id, cash_forecast_item.customer_id, cash_forecast_item.open_cny,
        cash_forecast_item.p10_date, cash_forecast_item.p50_date, cash_forecast_item.p90_date, cash_forecast_item.mean_date,
        cash_forecast_item.within_30, cash_forecast_item.within_90, cash_forecast_item.never, origin.is_latest
    from origin
    join ops.cash_forecast_item
        on cash_forecast_item.origin_date = origin.origin_date and cash_forecast_item.model_version = origin.model_version
),
paid as (
    select item.origin_date, item.item_id, sum(settlement.amount_cny) as paid_cny
    from item
    join core.settlement
        on settlement.item_id = item.item_id
        and settlement.effective_date > item.origin_date and settlement.effective_date <= item.origin_date + 30
    where settlement.kind in ('cash', 'bank_bill')
    group by item.origin_date, item.item_id
),
observed as (
    select
        item.*,
        case when item.origin_date + 30 < business_today() then
            cast(greatest(least(coalesce(paid.paid_cny, 0), item.open_cny), 0) as double precision)
                / nullif(cast(item.open_cny as double precision), 0) end as observed_30
    from item
    left join paid on paid.origin_date = item.origin_date and paid.item_id = item.item_id
)
select
    observed.origin_date, observed.item_id, observed.is_latest, observed.customer_id, customer.name as customer_name,
    open_item.document_number, open_item.document_date, open_item.effective_due_date,
    observed.open_cny, observed.p10_date, observed.p50_date, observed.p90_date, observed.mean_date,
    cast(observed.within_30 as double precision) as within_30, cast(observed.within_90 as double precision) as within_90,
    cast(observed.never as double precision) as never,
    cast(least(floor(observed.within_30 * 10), 9) + 1 as int) as decile,
    cast(observed.observed_30 as decimal(9, 8)) as observed_30,
    cast((observed.within_30 - cast(observed.observed_30 as decimal(9, 8))) * (observed.within_30 - cast(observed.observed_30 as decimal(9, 8)))
        as decimal(9, 8)) as squared_error,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from observed
left join core.open_item on open_item.item_id = observed.item_id
left join core.customer on customer.customer_id = observed.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = observed.customer_id
    and territory_assignment.valid_from <= observed.origin_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > observed.origin_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
