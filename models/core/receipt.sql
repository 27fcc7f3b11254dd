-- what     Receipts that count (收款单): cash and bills from customers; refunds and dishonoured bills are negative. METRICS 3.3, 3.4.
-- grain    one row per receipt
-- key      receipt_id
-- sources  core.customer, core.customer_identity, core.receipt_bank_line, staging.bank_transaction, staging.receipt
-- column   value_date: the bank's booking date of cash that is linked to a bank line, else the ERP's date (for a bill: signed on)
-- column   bank_transaction_id: the cash's bank line; for a bill, the line of its proceeds
-- column   is_bank_missing: cash without a bank line
-- reference bank_transaction_id -> core.bank_transaction.bank_transaction_id
-- accepted method: cash, bank_bill, commercial_bill
select
    receipt.connection || ':' || receipt.source_id as receipt_id,
    receipt.number,
    coalesce(customer_identity.customer_id, receipt.connection || ':' || receipt.customer_ref) as customer_id,
    receipt.method,
    receipt_bank_line.bank_transaction_id, receipt.bank_reference,
    receipt.amount_cny,
    coalesce(receipt.is_prepayment, false) as is_prepayment,
    receipt.method = 'cash' and receipt_bank_line.receipt_id is null as is_bank_missing,
    receipt.receipt_date,
    case when receipt.method = 'cash' then coalesce(bank_transaction.value_date, receipt.receipt_date)
        else receipt.receipt_date end as value_date,
    receipt.connection, receipt.source_id, receipt.source_updated_at, receipt.recorded_at
from staging.receipt
left join core.customer_identity
    on customer_identity.connection = receipt.connection and customer_identity.source_id = receipt.customer_ref
left join core.customer on customer.customer_id = customer_identity.customer_id
left join core.receipt_bank_line on receipt_bank_line.receipt_id = receipt.connection || ':' || receipt.source_id
left join staging.bank_transaction
    on bank_transaction.connection || ':' || bank_transaction.source_id = receipt_bank_line.bank_transaction_id
where receipt.is_counted and not receipt.is_deleted and not coalesce(customer.is_internal, false)
