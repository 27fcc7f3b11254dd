-- what     What was forecast for a month at a cut-off against what came. METRICS FVA-1 to FVA-3, 5.2, 5.3. The last 14 months.
-- grain    one row per customer, month and horizon with a forecast or a collection; unknown payers are one customer '(unknown)'
-- key      customer_id, month, horizon
-- sources  core.collection, core.customer, core.employee, core.forecast_cutoff, core.territory_assignment, core.thread_forecast
-- column   horizon: H1 (cut-off on the last day before the month), H2, H3 (one and two months earlier)
-- column   forecast_cny: F(M, T)
-- column   actual_cny: A(M) = COL-1, of the running month so far
-- column   abs_error_cny: |F - A| of this cell; only sums of it at this grain make WMAPE
-- column   rls_owner: owner of the customer on the cut-off date, for both sides (FVA-1)
with forecast as (
    select
        forecast_cutoff.month, forecast_cutoff.horizon, thread_forecast.customer_id,
        sum(thread_forecast.forecast_cny) as forecast_cny
    from core.forecast_cutoff
    join core.thread_forecast
        on thread_forecast.cutoff_date = forecast_cutoff.cutoff_date
        and thread_forecast.expected_date between forecast_cutoff.month_start and forecast_cutoff.month_end
    group by forecast_cutoff.month, forecast_cutoff.horizon, thread_forecast.customer_id
),
collected as (
    select month_text(value_date) as month, coalesce(customer_id, '(unknown)') as customer_id, sum(amount_cny) as actual_cny
    from core.collection
    group by month_text(value_date), coalesce(customer_id, '(unknown)')
),
actual as (
    select collected.month, forecast_cutoff.horizon, collected.customer_id, collected.actual_cny
    from collected
    join core.forecast_cutoff on forecast_cutoff.month = collected.month
),
cell as (
    select
        coalesce(forecast.customer_id, actual.customer_id) as customer_id,
        coalesce(forecast.month, actual.month) as month,
        coalesce(forecast.horizon, actual.horizon) as horizon,
        coalesce(forecast.forecast_cny, 0) as forecast_cny, coalesce(actual.actual_cny, 0) as actual_cny
    from forecast
    full join actual
        on actual.customer_id = forecast.customer_id and actual.month = forecast.month and actual.horizon = forecast.horizon
)
select
    cell.customer_id, cell.month, cell.horizon, customer.name as customer_name,
    cell.forecast_cny::decimal(18, 2) as forecast_cny, cell.actual_cny::decimal(18, 2) as actual_cny,
    abs(cell.forecast_cny - cell.actual_cny)::decimal(18, 2) as abs_error_cny,
    forecast_cutoff.is_running,
    forecast_cutoff.month_start, forecast_cutoff.cutoff_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from cell
join core.forecast_cutoff on forecast_cutoff.month = cell.month and forecast_cutoff.horizon = cell.horizon
left join core.customer on customer.customer_id = cell.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = cell.customer_id
    and territory_assignment.valid_from <= forecast_cutoff.cutoff_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > forecast_cutoff.cutoff_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where cell.forecast_cny <> 0 or cell.actual_cny <> 0
