-- what     What a customer paid is allocated, unapplied or a prepayment; refunds are negative receipts (METRICS 12.4).
-- sources  core.receipt, core.settlement, marts.receivable_balance
with received as (
    select customer_id, sum(amount_cny) as amount_cny from core.receipt where value_date <= business_today() group by customer_id
),
allocated as (
    select receipt.customer_id, sum(settlement.amount_cny) as amount_cny
    from core.settlement
    join core.receipt on receipt.receipt_id = settlement.receipt_id
    where settlement.is_money and settlement.effective_date <= business_today()
    group by receipt.customer_id
),
kept as (
    select customer_id, unapplied_cny + prepayment_cny as amount_cny
    from marts.receivable_balance where as_of_date = business_today()
)
select received.customer_id, received.amount_cny, allocated.amount_cny as allocated_cny, kept.amount_cny as kept_cny
from received
left join allocated on allocated.customer_id = received.customer_id
left join kept on kept.customer_id = received.customer_id
where received.amount_cny <> coalesce(allocated.amount_cny, 0) + coalesce(kept.amount_cny, 0)
