-- what     What the hub has of the figures that a ledger has too, document by document, in the last 13 complete months. METRICS DAT-4.
-- grain    one row per entity (connection), month, measure, customer and document number
-- key      entity, month, measure, customer_id, document_number
-- sources  core.acceptance_bill, core.as_of_date, core.bill_state, core.open_item, core.open_item_as_of, core.receipt, core.receivable_document, core.sales_order, core.settlement
-- column   measure: at the month's end: receivables (REC-1 net, ledger 1122), bills (on hand, 1121), prepayments (2203), retention
--          (undue 质保金);
--          of the month: billed (documents by their date), receipts (by the ERP's date), orders (by order date)
-- column   document_number: '' for what no document has: unapplied cash (negative in receivables) and prepayments of a customer
-- column   recorded_date: when it became known: the newest approval behind the row
-- accepted measure: receivables, bills, prepayments, retention, billed, receipts, orders
with shown_month as (
    select as_of_date as month_end, month_text(as_of_date) as month, row_number() over (order by as_of_date desc) as number
    from core.as_of_date where as_of_date = month_end(as_of_date)
),
period as (
    select month_end, month from shown_month where number <= 13
),
item as (
    select
        open_item.connection as entity, period.month, open_item.customer_id, open_item.document_number, open_item_as_of.open_amount_cny,
        open_item_as_of.is_undue_retention, business_date(open_item.recorded_at) as recorded_date
    from period
    join core.open_item_as_of on open_item_as_of.as_of_date = period.month_end
    join core.open_item on open_item.item_id = open_item_as_of.item_id
),
money as ( -- what receipts have not paid for, by the month in which it moved
    select connection as entity, customer_id, is_prepayment, month_text(value_date) as moved_month, amount_cny from core.receipt
    union all
    select receipt.connection, receipt.customer_id, receipt.is_prepayment, month_text(settlement.effective_date), -settlement.amount_cny
    from core.settlement
    join core.receipt on receipt.receipt_id = settlement.receipt_id
    where settlement.is_money
),
moved as (
    select
        entity, customer_id, moved_month, sum(case when is_prepayment then 0 else amount_cny end) as unallocated_cny,
        sum(case when is_prepayment then amount_cny else 0 end) as marked_cny
    from money group by entity, customer_id, moved_month
),
unspent as (
    select
        moved.entity, period.month, moved.customer_id,
        sum(moved.unallocated_cny) as unallocated_cny, sum(moved.marked_cny) as marked_cny
    from moved
    join period on moved.moved_month <= period.month
    group by moved.entity, period.month, moved.customer_id
),
gross as (
    select entity, month, customer_id, sum(open_amount_cny) as gross_cny
    from item where open_amount_cny > 0 and not is_undue_retention
    group by entity, month, customer_id
),
split as (
    select
        unspent.entity, unspent.month, unspent.customer_id, unspent.unallocated_cny, unspent.marked_cny,
        least(unspent.unallocated_cny, coalesce(gross.gross_cny, 0)) as unapplied_cny
    from unspent
    left join gross
        on gross.entity = unspent.entity and gross.month = unspent.month and gross.customer_id = unspent.customer_id
),
amount as (
    select entity, month, 'receivables' as measure, customer_id, document_number, open_amount_cny as amount_cny, recorded_date
    from item where not is_undue_retention
    union all
    select entity, month, 'retention', customer_id, document_number, open_amount_cny, recorded_date from item where is_undue_retention
    union all
    select entity, month, 'receivables', customer_id, '', -unapplied_cny, null from split where unapplied_cny <> 0
    union all
    select entity, month, 'prepayments', customer_id, '', unallocated_cny - unapplied_cny + marked_cny, null
    from split where unallocated_cny - unapplied_cny + marked_cny <> 0
    union all
    select
        acceptance_bill.connection, period.month, 'bills', acceptance_bill.customer_id, acceptance_bill.number, acceptance_bill.face_cny,
        business_date(acceptance_bill.recorded_at)
    from period
    join core.bill_state
        on bill_state.state = 'on_hand' and bill_state.from_date <= period.month_end
        and coalesce(bill_state.to_date, date '9999-12-31') > period.month_end
    join core.acceptance_bill on acceptance_bill.bill_id = bill_state.bill_id
    union all
    select connection, month_text(document_date), 'billed', customer_id, number, amount_cny, business_date(recorded_at)
    from core.receivable_document
    union all
    select connection, month_text(receipt_date), 'receipts', customer_id, number, amount_cny, business_date(recorded_at) from core.receipt
    union all
    select connection, month_text(order_date), 'orders', customer_id, number, amount_cny, business_date(recorded_at) from core.sales_order
)
select
    amount.entity, amount.month, amount.measure, amount.customer_id, coalesce(amount.document_number, '') as document_number,
    sum(amount.amount_cny)::decimal(18, 2) as amount_cny, count(*)::bigint as rows_behind, max(amount.recorded_date) as recorded_date
from amount
join period on period.month = amount.month
group by amount.entity, amount.month, amount.measure, amount.customer_id, coalesce(amount.document_number, '')
