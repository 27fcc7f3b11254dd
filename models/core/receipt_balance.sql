-- what     Receipts of a customer that pay no document yet, from when to when (未核销): those the ERP marks as prepayment (预收)
--          apart. METRICS 3.5.
-- grain    one row per customer and period with one balance
-- key      customer_id, from_date
-- sources  core.receipt, core.settlement
-- column   unallocated_cny: not marked as prepayment; R of METRICS 3.5
-- column   marked_cny: marked as prepayment and not applied
-- column   to_date: the first day on which it no longer holds; null for the last
with movement as (
    select customer_id, is_prepayment, value_date as moved_date, amount_cny from core.receipt
    union all
    select receipt.customer_id, receipt.is_prepayment, settlement.effective_date, -settlement.amount_cny
    from core.settlement
    join core.receipt on receipt.receipt_id = settlement.receipt_id
    where settlement.is_money
),
day as (
    select
        customer_id, moved_date,
        sum(case when is_prepayment then 0 else amount_cny end) as unallocated_cny,
        sum(case when is_prepayment then amount_cny else 0 end) as marked_cny
    from movement
    group by customer_id, moved_date
),
balance as (
    select
        customer_id, moved_date as from_date,
        lead(moved_date) over (partition by customer_id order by moved_date) as to_date,
        sum(unallocated_cny) over (partition by customer_id order by moved_date) as unallocated_cny,
        sum(marked_cny) over (partition by customer_id order by moved_date) as marked_cny
    from day
)
select
    customer_id, from_date, to_date,
    unallocated_cny::decimal(18, 2) as unallocated_cny, marked_cny::decimal(18, 2) as marked_cny
from balance
where unallocated_cny <> 0 or marked_cny <> 0
