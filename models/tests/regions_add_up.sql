-- what     All regions together are the company: no row is lost or doubled when owner and region are looked up (METRICS 12.10).
-- sources  core.collection, core.forecast_cutoff, core.open_item_as_of, core.thread_forecast, marts.collection,
--          marts.forecast_accuracy, marts.open_receivable, marts.receivable_balance
with company as (
    select 'collections' as what, coalesce(sum(amount_cny), 0) as amount_cny from core.collection
    union all
    select 'actual ' || forecast_cutoff.month || ' ' || forecast_cutoff.horizon, sum(collection.amount_cny)
    from core.forecast_cutoff
    join core.collection on collection.value_date between forecast_cutoff.window_start and forecast_cutoff.month_end
    group by forecast_cutoff.month, forecast_cutoff.horizon
    union all
    select 'forecast ' || forecast_cutoff.month || ' ' || forecast_cutoff.horizon, sum(thread_forecast.forecast_cny)
    from core.forecast_cutoff
    join core.thread_forecast
        on thread_forecast.cutoff_date = forecast_cutoff.cutoff_date
        and thread_forecast.expected_date between forecast_cutoff.month_start and forecast_cutoff.month_end
    group by forecast_cutoff.month, forecast_cutoff.horizon
    union all
    select 'gross ' || cast(as_of_date as varchar), sum(open_amount_cny)
    from core.open_item_as_of where open_amount_cny > 0 and not is_undue_retention group by as_of_date
    union all
    select 'open items', coalesce(sum(open_amount_cny), 0)
    from core.open_item_as_of where as_of_date = business_today() and not is_undue_retention
),
region as (
    select 'collections' as what, rls_region, sum(amount_cny) as amount_cny from marts.collection group by rls_region
    union all
    select 'actual ' || month || ' ' || horizon, rls_region, sum(actual_cny)
    from marts.forecast_accuracy where basis = 'collection' and certainty_set = 'all' group by month, horizon, rls_region
    union all
    select 'forecast ' || month || ' ' || horizon, rls_region, sum(forecast_cny)
    from marts.forecast_accuracy where basis = 'collection' and certainty_set = 'all' group by month, horizon, rls_region
    union all
    select 'gross ' || cast(as_of_date as varchar), rls_region, sum(gross_cny) from marts.receivable_balance group by as_of_date, rls_region
    union all
    select 'open items', rls_region, sum(open_amount_cny) from marts.open_receivable group by rls_region
),
added as (
    select what, sum(amount_cny) as amount_cny from region where rls_region is not null group by what
)
select coalesce(company.what, added.what) as what, company.amount_cny as company_cny, added.amount_cny as regions_cny
from company
full join added on added.what = company.what
where coalesce(company.amount_cny, 0) <> coalesce(added.amount_cny, 0)
