-- what     How good the hub's forecast was, beside plain methods and people (预测评分): months that are over, from month ends, one to three
--          months ahead. METRICS HUB-3 to HUB-6.
-- grain    one row per month-end origin, region or the company, and horizon
-- key      origin_date, region, horizon
-- sources  marts.cash_forecast
-- column   is_inside: the actual lies in [P10, P90]
-- column   pinball_sum_cny: sum of the three quantile scores with the factor 2 (HUB-4); their mean is a third of it
-- column   abs_error_cny: of P50
-- column   due_error_cny: of N1; mean_delay_error_cny: N2; people_error_cny: N3. A point taken as all three quantiles has its absolute error
--          as mean quantile score
with judged as (
    select * from marts.cash_forecast
    where grain = 'month' and horizon <= 3 and actual_cny is not null
        and origin_date = month_end(origin_date) and not is_latest
        and period_start = month_start(period_start) and period_end = month_end(period_end)
)
select
    origin_date, region, horizon, scope, period_start as month_start,
    p10_cny, p50_cny, p90_cny, actual_cny, due_cny, mean_delay_cny, people_cny,
    actual_cny between p10_cny and p90_cny as is_inside,
    actual_cny <= p10_cny as is_below_p10, actual_cny <= p50_cny as is_below_p50, actual_cny <= p90_cny as is_below_p90,
    (
        case when actual_cny < p10_cny then 1.8 * (p10_cny - actual_cny) else 0.2 * (actual_cny - p10_cny) end
        + abs(actual_cny - p50_cny)
        + case when actual_cny < p90_cny then 0.2 * (p90_cny - actual_cny) else 1.8 * (actual_cny - p90_cny) end
    )::decimal(18, 2) as pinball_sum_cny,
    abs(p50_cny - actual_cny) as abs_error_cny,
    abs(due_cny - actual_cny) as due_error_cny,
    abs(mean_delay_cny - actual_cny) as mean_delay_error_cny,
    abs(people_cny - actual_cny) as people_error_cny,
    rls_owner, rls_region
from judged
