-- what     The hub's own forecast of cash by week and month (资金预测): of the items open on a day, with what came of it and what plain
--          methods and people said on that day. METRICS HUB-2, HUB-6.
-- grain    one row per origin, region or the company, grain and period
-- key      origin_date, region, grain, period_start
-- sources  core.forecast_cutoff, core.settlement, core.territory_assignment, core.thread_forecast, ops.cash_forecast,
--          ops.cash_forecast_item, ops.cash_forecast_period
-- column   scope: company or region; regions are simulated, they do not add up to the company
-- column   grain: week or month
-- column   horizon: 1 for the origin's next month or week (a week that has begun counts), then 2, 3 …
-- column   is_latest: of the newest origin
-- column   actual_cny: what these items brought in the period; null until it is over, and where the items are not kept (month ends are)
-- column   due_cny: N1, all on their effective due date; mean_delay_cny: N2, with the customer's mean delay
-- column   people_cny: N3, what people said at the origin would come in the period; null where no cut-off lies on it
-- column   rls_owner: nobody's: only who sees a region or all sees its cash
-- accepted scope: company, region
-- accepted grain: week, month
with version as ( -- a day may have been forecast by two versions of the model; the last one stands
    select
        origin_date, model_version, known_at, computed_at,
        row_number() over (partition by origin_date order by computed_at desc, model_version desc) as place
    from ops.cash_forecast
),
origin as (
    select origin_date, model_version, known_at, computed_at, origin_date = max(origin_date) over () as is_latest
    from version where place = 1
),
period as (
    select
        cash_forecast_period.origin_date, cash_forecast_period.model_version, cash_forecast_period.region, cash_forecast_period.grain,
        cash_forecast_period.period_start, cash_forecast_period.period_end, cash_forecast_period.p10_cny,
        cash_forecast_period.p50_cny, cash_forecast_period.p90_cny, cash_forecast_period.mean_cny, origin.known_at, origin.computed_at, origin.is_latest,
        row_number() over (
            partition by cash_forecast_period.origin_date, cash_forecast_period.region, cash_forecast_period.grain
            order by cash_forecast_period.period_start
        ) as horizon
    from origin
    join ops.cash_forecast_period
        on cash_forecast_period.origin_date = origin.origin_date and cash_forecast_period.model_version = origin.model_version
),
item as (
    select
        cash_forecast_item.origin_date, cash_forecast_item.item_id, cash_forecast_item.region, cash_forecast_item.open_cny,
        cash_forecast_item.due_baseline_date, cash_forecast_item.mean_baseline_date
    from origin
    join ops.cash_forecast_item
        on cash_forecast_item.origin_date = origin.origin_date and cash_forecast_item.model_version = origin.model_version
),
flow as ( -- by day, so that each period is a sum over days
    select item.origin_date, item.region, settlement.effective_date as day,
        settlement.amount_cny as actual_cny, 0 as due_cny, 0 as mean_delay_cny
    from item
    join core.settlement
        on settlement.item_id = item.item_id and settlement.effective_date > item.origin_date
        and settlement.effective_date <= business_today()
    where settlement.kind in ('cash', 'bank_bill')
    union all
    select origin_date, region, due_baseline_date, 0, open_cny, 0 from item
    union all
    select origin_date, region, mean_baseline_date, 0, 0, open_cny from item
),
daily as (
    select
        origin_date, region, day, sum(actual_cny) as actual_cny, sum(due_cny) as due_cny, sum(mean_delay_cny) as mean_delay_cny
    from flow group by origin_date, region, day
),
came as (
    select
        period.origin_date, period.region, period.grain, period.period_start,
        sum(daily.actual_cny) as actual_cny, sum(daily.due_cny) as due_cny, sum(daily.mean_delay_cny) as mean_delay_cny
    from period
    join daily
        on daily.origin_date = period.origin_date and daily.day between period.period_start and period.period_end
        and (daily.region = period.region or period.region = '(all)')
    group by period.origin_date, period.region, period.grain, period.period_start
),
cutoff as (
    select distinct forecast_cutoff.cutoff_date from core.forecast_cutoff join origin on origin.origin_date = forecast_cutoff.cutoff_date
),
said as (
    select
        thread_forecast.cutoff_date, coalesce(territory_assignment.region, 'unassigned') as region,
        thread_forecast.expected_date as day, sum(thread_forecast.forecast_cny) as people_cny
    from core.thread_forecast
    join cutoff on cutoff.cutoff_date = thread_forecast.cutoff_date
    left join core.territory_assignment
        on territory_assignment.customer_id = thread_forecast.customer_id
        and territory_assignment.valid_from <= thread_forecast.cutoff_date
        and coalesce(territory_assignment.valid_to, date '9999-12-31') > thread_forecast.cutoff_date
    group by thread_forecast.cutoff_date, coalesce(territory_assignment.region, 'unassigned'), thread_forecast.expected_date
),
people as (
    select period.origin_date, period.region, period.grain, period.period_start, sum(said.people_cny) as people_cny
    from period
    join said
        on said.cutoff_date = period.origin_date and said.day between period.period_start and period.period_end
        and (said.region = period.region or period.region = '(all)')
    group by period.origin_date, period.region, period.grain, period.period_start
),
kept as (
    select distinct origin_date from item
)
select
    period.origin_date, period.region, period.grain, period.period_start, period.period_end,
    cast(period.horizon as int) as horizon,
    case when period.region = '(all)' then 'company' else 'region' end as scope,
    period.is_latest, period.model_version, period.known_at, period.computed_at,
    period.p10_cny, period.p50_cny, period.p90_cny, period.mean_cny,
    case when kept.origin_date is not null and period.period_end < business_today() then coalesce(came.actual_cny, 0) end::decimal(18, 2)
        as actual_cny,
    case when kept.origin_date is not null then coalesce(came.due_cny, 0) end::decimal(18, 2) as due_cny,
    case when kept.origin_date is not null then coalesce(came.mean_delay_cny, 0) end::decimal(18, 2) as mean_delay_cny,
    case when cutoff.cutoff_date is not null then coalesce(people.people_cny, 0) end::decimal(18, 2) as people_cny,
    '(nobody)' as rls_owner, period.region as rls_region
from period
left join kept on kept.origin_date = period.origin_date
left join cutoff on cutoff.cutoff_date = period.origin_date
left join came
    on came.origin_date = period.origin_date and came.region = period.region and came.grain = period.grain
    and came.period_start = period.period_start
left join people
    on people.origin_date = period.origin_date and people.region = period.region and people.grain = period.grain
    and people.period_start = period.period_start
