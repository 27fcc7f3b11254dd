-- what     The ledger on two clocks, as known now, is what the live models say: each open item of today, and each customer's receipts
--          that pay nothing yet (METRICS 12.13: nothing that is known now is missing in it, or told twice).
-- sources  core.item_balance, core.ledger_movement, core.receipt_balance
with item as (
    select item_id, sum(amount_cny) as amount_cny from core.ledger_movement where side = 'item' group by item_id
),
receipt as (
    select
        customer_id, -sum(case when is_prepayment then 0 else amount_cny end) as unallocated_cny,
        -sum(case when is_prepayment then amount_cny else 0 end) as marked_cny
    from core.ledger_movement where side = 'receipt' group by customer_id
),
live_item as (
    select item_id, open_amount_cny from core.item_balance where to_date is null
),
live_receipt as (
    select customer_id, unallocated_cny, marked_cny from core.receipt_balance where to_date is null
)
select 'item' as what, coalesce(item.item_id, live_item.item_id) as id, item.amount_cny as ledger_cny, live_item.open_amount_cny as live_cny
from item
full join live_item on live_item.item_id = item.item_id
where coalesce(item.amount_cny, 0) <> coalesce(live_item.open_amount_cny, 0)
union all
select 'receipts', coalesce(receipt.customer_id, live_receipt.customer_id), receipt.unallocated_cny, live_receipt.unallocated_cny
from receipt
full join live_receipt on live_receipt.customer_id = receipt.customer_id
where coalesce(receipt.unallocated_cny, 0) <> coalesce(live_receipt.unallocated_cny, 0)
    or coalesce(receipt.marked_cny, 0) <> coalesce(live_receipt.marked_cny, 0)
