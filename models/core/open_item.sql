-- what     What is owed by when: the instalments of each document, and what its plan leaves over; without a plan that is the whole
--          document. METRICS 3.1, 3.6. Whether an item is still open says core.item_balance.
-- grain    one row per open item
-- key      item_id
-- sources  core.ledger_item
-- column   item_id: the document's id; for an instalment <document>#<source_id of the plan line>; <document>#retention for our split
-- column   effective_due_date: due date, or the next workday; late means after it
-- column   due_source: instalment, document, term (the customer's) or assumed
-- column   due_assumed: neither plan, document nor term has a due date, so document date + 30 days
-- column   recorded_at: known from
-- reference document_id -> core.receivable_document.document_id
select
    item_id, document_id, document_number, order_number, customer_id,
    amount_cny, is_retention, is_credit_note, due_source, due_source = 'assumed' as due_assumed,
    document_date, due_date, effective_due_date,
    connection, source_id, source_updated_at, recorded_at
from core.ledger_item
where known_to is null
