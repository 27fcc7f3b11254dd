-- what     The parts of the gap add up to forecast - actual of every customer, month, cut-off and basis, to the cent (METRICS 12.6,
--          FVA-6).
-- sources  marts.forecast_accuracy, marts.forecast_gap
with explained as (
    select customer_id, month, horizon, basis, sum(amount_cny) as amount_cny
    from marts.forecast_gap group by customer_id, month, horizon, basis
),
gap as (
    select customer_id, month, horizon, basis, forecast_cny - actual_cny as amount_cny
    from marts.forecast_accuracy where certainty_set = 'all' and source = 'people'
)
select
    coalesce(gap.customer_id, explained.customer_id) as customer_id, coalesce(gap.month, explained.month) as month,
    coalesce(gap.horizon, explained.horizon) as horizon, coalesce(gap.basis, explained.basis) as basis,
    gap.amount_cny as gap_cny, explained.amount_cny as explained_cny
from gap
full join explained
    on explained.customer_id = gap.customer_id and explained.month = gap.month
    and explained.horizon = gap.horizon and explained.basis = gap.basis
where coalesce(gap.amount_cny, 0) <> coalesce(explained.amount_cny, 0)
