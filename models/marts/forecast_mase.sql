-- what     Is the forecast better than "same as last month"? MASE of the company and of each region. METRICS FVA-4. Test months: the last
--          12 complete ones; scale: the changes of collections over the 24 months before the first of them.
-- grain    one row per series, horizon and basis
-- key      series, horizon, basis
-- sources  core.collection, core.territory_assignment, marts.forecast_accuracy
-- column   series: '(company)', or the region of the customers at the cut-off
-- column   error_cny: sum of |F - A| of the series' test months
-- column   history_months: months before the first test month, since the first collection of the series; at most 24
-- column   change_cny: sum of |A of a month - A of the month before| over these months
-- column   mase: null with less than 13 months of history
-- column   rls_owner: null: a series belongs to no one person
with test_month as (
    select month, horizon, month_start
    from marts.forecast_accuracy
    where horizon in ('H1', 'H2', 'H3') and not is_running
        and month_start >= cast(month_start(business_today()) - interval '12 months' as date)
    group by month, horizon, month_start
),
span as (
    select
        cast(month_start(business_today()) - interval '12 months' as date) as first_test,
        cast(month_start(business_today()) - interval '36 months' as date) as first_month
),
series as (
    select '(company)' as series
    union
    select rls_region from marts.forecast_accuracy
),
cell as (
    select series.series, test_month.month, test_month.horizon, forecast_accuracy.basis,
        sum(forecast_accuracy.forecast_cny - forecast_accuracy.actual_cny) as error_cny
    from test_month
    join marts.forecast_accuracy
        on forecast_accuracy.month = test_month.month and forecast_accuracy.horizon = test_month.horizon
        and forecast_accuracy.certainty_set = 'all' and forecast_accuracy.source = 'people'
    join series on series.series = '(company)' or series.series = forecast_accuracy.rls_region
    group by series.series, test_month.month, test_month.horizon, forecast_accuracy.basis
),
error as (
    select
        cell.series, cell.horizon, cell.basis, sum(abs(cell.error_cny)) as error_cny, max(tested.months) as test_months
    from cell
    join (select horizon, count(*) as months from test_month group by horizon) as tested on tested.horizon = cell.horizon
    group by cell.series, cell.horizon, cell.basis
),
placed as ( -- the region is the one of the day before the month, as at H1
    select
        collection.value_date, collection.amount_cny, collection.cash_amount_cny,
        coalesce(territory_assignment.region, 'unassigned') as region
    from core.collection
    left join core.territory_assignment
        on territory_assignment.customer_id = collection.customer_id
        and territory_assignment.valid_from < month_start(collection.value_date)
        and coalesce(territory_assignment.valid_to, date '9999-12-31') >= month_start(collection.value_date)
),
month as (
    select span.first_month, cast(span.first_month + step.months * interval '1 month' as date) as month_start
    from span
    cross join generate_series(0, 35) as step(months)
    where span.first_month + step.months * interval '1 month' < span.first_test
),
basis (basis) as (
    values ('collection'), ('cash')
),
actual as (
    select
        series.series, basis.basis, month.month_start,
        coalesce(sum(case when basis.basis = 'cash' then placed.cash_amount_cny else placed.amount_cny end), 0) as actual_cny
    from month
    cross join series
    cross join basis
    left join placed
        on placed.value_date >= month.month_start and placed.value_date < month.month_start + interval '1 month'
        and (series.series = '(company)' or series.series = placed.region)
    group by series.series, basis.basis, month.month_start
),
known as (
    select series.series, month_start(min(placed.value_date)) as first_month
    from series
    join placed on series.series = '(company)' or series.series = placed.region
    group by series.series
),
change as (
    select
        actual.series, basis, abs(actual_cny - lag(actual_cny) over (partition by actual.series, basis order by month_start)) as change_cny
    from actual
    join known on known.series = actual.series and known.first_month <= actual.month_start
),
scale as (
    select series, basis, count(*) as history_months, count(change_cny) as changes, sum(change_cny) as change_cny
    from change group by series, basis
)
select
    error.series, error.horizon, error.basis,
    cast(error.test_months as int) as test_months, error.error_cny::decimal(18, 2) as error_cny,
    cast(coalesce(scale.history_months, 0) as int) as history_months, cast(coalesce(scale.changes, 0) as int) as changes,
    coalesce(scale.change_cny, 0)::decimal(18, 2) as change_cny,
    case when scale.history_months >= 13 then
        (cast(error.error_cny as double precision) / error.test_months)
        / nullif(cast(scale.change_cny as double precision) / scale.changes, 0)
    end as mase,
    null::varchar as rls_owner, error.series as rls_region
from error
left join scale on scale.series = error.series and scale.basis = error.basis
