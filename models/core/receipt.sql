-- what     Receipts that count (收款单): cash and bills from customers; refunds and dishonoured bills are negative. METRICS 3.3, 3.4.
-- grain    one row per receipt
-- key      receipt_id
-- sources  core.ledger_receipt
-- column   value_date: the bank's booking date of cash that is linked to a bank line, else the ERP's date (for a bill: signed on)
-- column   bank_transaction_id: the cash's bank line; for a bill, the line of its proceeds
-- column   is_bank_missing: cash without a bank line
-- reference bank_transaction_id -> core.bank_transaction.bank_transaction_id
-- accepted method: cash, bank_bill, commercial_bill, supply_chain_note
select
    receipt_id, number, customer_id, method, bank_transaction_id, bank_reference, amount_cny,
    is_prepayment, is_bank_missing, receipt_date, value_date,
    connection, source_id, source_updated_at, recorded_at
from core.ledger_receipt
where known_to is null
