-- what     What relieved which open item (结清): allocations of every kind, to the instalment they name, else spread over the items of
--          their document in the order they fall due; an undone one (negative) gives back what was relieved last. METRICS 3.2, 3.3.
-- grain    one row per allocation and open item
-- key      settlement_id
-- sources  core.ledger_settlement
-- column   amount_cny: open = the item's amount - its settlements; negative on credit notes
-- column   is_money: paid by a receipt (cash or bill); the receipt's amount is used up by it
-- column   recorded_at: when the allocation was entered
-- reference item_id -> core.open_item.item_id
-- reference receipt_id -> core.receipt.receipt_id
-- reference document_id -> core.receivable_document.document_id
-- accepted kind: cash, bank_bill, commercial_bill, supply_chain_note, prepayment_applied, credit_note, discount, deduction, set_off,
--          bank_fee, fx_diff, rounding, write_off
-- incremental  key document_id; changed since core.ledger_settlement
select
    settlement_id, allocation_id, item_id, document_id, receipt_id, customer_id, kind, amount_cny, is_money, value_date, effective_date,
    connection, source_id, source_updated_at, recorded_at
from core.ledger_settlement
where known_to is null
