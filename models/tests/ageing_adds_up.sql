-- what     The ageing buckets of each view, credits included, add up to the net receivables of every customer and day (METRICS 12.1).
-- sources  marts.receivable_ageing, marts.receivable_balance
with aged as (
    select customer_id, as_of_date, ageing_view, sum(amount_cny) as amount_cny
    from marts.receivable_ageing
    group by customer_id, as_of_date, ageing_view
),
ageing_view (name) as (
    values ('overdue'), ('accounting')
)
select receivable_balance.customer_id, receivable_balance.as_of_date, ageing_view.name, receivable_balance.net_cny, aged.amount_cny
from marts.receivable_balance
cross join ageing_view
left join aged
    on aged.customer_id = receivable_balance.customer_id and aged.as_of_date = receivable_balance.as_of_date
    and aged.ageing_view = ageing_view.name
where coalesce(aged.amount_cny, 0) <> receivable_balance.net_cny
