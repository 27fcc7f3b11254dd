-- what     Receivable documents that count (应收单, 红字应收单). METRICS ORD-6, 0.5, 0.10.
-- grain    one row per document
-- key      document_id
-- sources  core.ledger_document
-- column   amount_cny: tax included; a credit note is negative
-- column   due_date: as the ERP says; open_item fills what is missing
-- column   owner_id: employee_id of the seller the document names
-- index    customer_id
select
    document_id, number, order_number, customer_id, owner_id,
    amount_cny, is_credit_note,
    document_date, due_date, delivery_date,
    connection, source_id, source_updated_at, known_from as recorded_at
from core.ledger_document
where known_to is null
