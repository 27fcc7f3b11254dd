-- what     Allocations (核销) and the day they take effect; a credit note applied to an invoice is two rows, net 0. METRICS 3.2, 3.3.
--          One whose receipt, document or credit note does not count is not here.
-- grain    one row per allocation and document it moves
-- key      allocation_id, document_id
-- sources  core.ledger_allocation
-- column   amount_cny: document balance = its amount - its allocations; negative on a credit note that is used up
-- column   is_money: paid by a receipt (cash or bill); the receipt's amount is used up by it
-- column   value_date: the receipt's value date; a credit note's document date; of other kinds, their own document's
-- column   effective_date: greatest(value date, document date), not the day of the button, which is recorded_at
-- reference document_id -> core.receivable_document.document_id
select
    allocation_id, document_id, receipt_id, kind, amount_cny, is_money, value_date, effective_date,
    connection, source_id, source_updated_at, recorded_at
from core.ledger_allocation
where known_to is null
