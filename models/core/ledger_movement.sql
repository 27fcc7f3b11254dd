-- what     The receivables ledger on two clocks (应收台账). As of day D, as known at K: the sum over the rows with effective_date <= D and
--          recorded_at <= K. What later turned out otherwise (undone, deleted, another day) is taken back by a row of its own, so
--          that no earlier answer ever changes. METRICS 0.2, REC-1, REC-16, identity 13.
-- grain    one row per change of one item, settlement or receipt at one moment of knowledge
-- key      movement_id
-- sources  core.ledger_item, core.ledger_receipt, core.ledger_settlement
-- column   side: item (what is owed, item_id is set) or receipt (what was received and pays nothing yet, receipt_id is set)
-- column   kind: document, receipt, or the kind of a settlement (METRICS 3.2)
-- column   amount_cny: owed to us > 0. Item side: document +, settlement -. Receipt side: receipt -, and + what of it was used; a cash
--          settlement is a row on each side, net 0. So open item = sum by item_id; receipts not allocated = -sum of side receipt
-- column   customer_id: item side: who owes; receipt side: who paid
-- column   is_prepayment: receipt side: the ERP marks the receipt 预收
-- column   effective_date: the business day from which it counts
-- column   recorded_at: knowledge time, UTC
-- column   effective_due_date: of the item; null on the receipt side
-- required side, kind, amount_cny, effective_date, recorded_at
-- accepted side: item, receipt
with period as (
    select
        'document:' || item_id as subject, 'item' as side, 'document' as kind, customer_id, document_id, item_id,
        null::varchar as receipt_id, null::varchar as settlement_id, false as is_prepayment,
        amount_cny, document_date as effective_date, known_from, known_to
    from core.ledger_item
    union all
    select
        'settlement:' || settlement_id, 'item', kind, customer_id, document_id, item_id,
        receipt_id, settlement_id, false, -amount_cny, effective_date, known_from, known_to
    from core.ledger_settlement
    union all
    select
        'used:' || ledger_settlement.settlement_id, 'receipt', ledger_settlement.kind, ledger_receipt.customer_id,
        ledger_settlement.document_id, null, ledger_settlement.receipt_id, ledger_settlement.settlement_id,
        ledger_receipt.is_prepayment, ledger_settlement.amount_cny, ledger_settlement.effective_date,
        ledger_settlement.known_from, ledger_settlement.known_to
    from core.ledger_settlement
    join core.ledger_receipt
        on ledger_receipt.receipt_id = ledger_settlement.receipt_id
        and ledger_receipt.known_from <= ledger_settlement.known_from
        and coalesce(ledger_receipt.known_to > ledger_settlement.known_from, true)
    where ledger_settlement.is_money
    union all
    select
        'receipt:' || receipt_id, 'receipt', 'receipt', customer_id, null, null, receipt_id, null,
        is_prepayment, -amount_cny, value_date, known_from, known_to
    from core.ledger_receipt
),
moved as (
    select period.*, known_from as recorded_at, amount_cny as moved_cny from period
    union all
    select period.*, known_to, -amount_cny from period where known_to is not null
),
changed as (
    select
        subject, effective_date, recorded_at, min(side) as side, min(kind) as kind, min(customer_id) as customer_id,
        min(document_id) as document_id, min(item_id) as item_id, min(receipt_id) as receipt_id,
        min(settlement_id) as settlement_id, bool_or(is_prepayment) as is_prepayment, sum(moved_cny) as amount_cny
    from moved
    group by subject, effective_date, recorded_at
    having sum(moved_cny) <> 0
),
item as (
    select distinct on (item_id)
        item_id, document_number, document_date, due_date, effective_due_date, is_retention, is_credit_note
    from core.ledger_item order by item_id, known_from
)
select
    changed.subject || '@' || cast(changed.effective_date as varchar) || '@' || cast(changed.recorded_at as varchar) as movement_id,
    changed.side, changed.kind, changed.customer_id, changed.document_id, changed.item_id, changed.receipt_id,
    changed.settlement_id, item.document_number,
    changed.amount_cny::decimal(18, 2) as amount_cny,
    changed.is_prepayment, coalesce(item.is_retention, false) as is_retention, coalesce(item.is_credit_note, false) as is_credit_note,
    item.document_date, item.due_date, item.effective_due_date,
    changed.effective_date, changed.recorded_at
from changed
left join item on item.item_id = changed.item_id
