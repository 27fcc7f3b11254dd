-- what     What was forecast for a month at a cut-off against what came. METRICS FVA-1 to FVA-3, 5.2, 5.3. The last 14 months at H1,
--          H2 and H3, and the last 13 Sundays.
-- grain    one row per customer, month, horizon, basis, source and certainty set with a forecast or a collection; unknown payers are
--          one customer '(unknown)'
-- key      customer_id, month, horizon, basis, source, certainty_set
-- sources  core.collection, core.customer, core.employee, core.forecast_cutoff, core.territory_assignment, core.thread_forecast
-- column   horizon: H1 (cut-off on the last day before the month), H2, H3 (one and two months earlier), or a Sunday
-- column   basis: collection (a bank bill counts when it is signed for) or cash (when its money comes)
-- column   source: whose forecast it is; people: what they said
-- column   certainty_set: which statements count: all, promised (promised and confirmed) or confirmed
-- column   forecast_cny: F(M, T)
-- column   actual_cny: A(M) = COL-1, on cash basis COL-2; after the cut-off; of the running month so far
-- column   abs_error_cny: |F - A| of this cell; only sums of it at this grain make WMAPE
-- column   rls_owner: owner of the customer on the cut-off date, for both sides (FVA-1)
-- accepted basis: collection, cash
-- accepted source: people
-- accepted certainty_set: all, promised, confirmed
with certainty_set (certainty_set, certainty) as (
    values ('all', 'expected'), ('all', 'promised'), ('all', 'confirmed'),
        ('promised', 'promised'), ('promised', 'confirmed'), ('confirmed', 'confirmed')
),
basis (basis) as (
    values ('collection'), ('cash')
),
amount as (
    select
        thread_forecast.customer_id, forecast_cutoff.month, forecast_cutoff.horizon, basis.basis, certainty_set.certainty_set,
        thread_forecast.forecast_cny, 0 as actual_cny
    from core.forecast_cutoff
    join core.thread_forecast
        on thread_forecast.cutoff_date = forecast_cutoff.cutoff_date
        and thread_forecast.expected_date between forecast_cutoff.month_start and forecast_cutoff.month_end
    join certainty_set on certainty_set.certainty = thread_forecast.certainty
    cross join basis
    union all
    select
        coalesce(collection.customer_id, '(unknown)'), forecast_cutoff.month, forecast_cutoff.horizon, basis.basis,
        certainty_set.certainty_set,
        0, case when basis.basis = 'cash' then collection.cash_amount_cny else collection.amount_cny end
    from core.forecast_cutoff
    join core.collection on collection.value_date between forecast_cutoff.window_start and forecast_cutoff.month_end
    cross join basis
    join certainty_set on certainty_set.certainty = 'confirmed' -- each set once
),
cell as (
    select
        customer_id, month, horizon, basis, certainty_set,
        sum(forecast_cny) as forecast_cny, sum(actual_cny) as actual_cny
    from amount
    group by customer_id, month, horizon, basis, certainty_set
)
select
    cell.customer_id, cell.month, cell.horizon, cell.basis, 'people' as source, cell.certainty_set, customer.name as customer_name,
    cell.forecast_cny::decimal(18, 2) as forecast_cny, cell.actual_cny::decimal(18, 2) as actual_cny,
    abs(cell.forecast_cny - cell.actual_cny)::decimal(18, 2) as abs_error_cny,
    forecast_cutoff.is_running, forecast_cutoff.is_weekly,
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
