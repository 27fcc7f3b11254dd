-- what     Which bank line is which ERP receipt (收款单对银行流水): 1 reference: the receipt names the one line with that reference;
--          2 customer_amount: payer's customer, amount and 3 days leave exactly one pair. A tie stays unlinked (METRICS APP-6).
-- grain    one row per linked receipt; several receipts may share a line by reference
-- key      receipt_id
-- sources  core.customer_identity, core.customer_name, staging.bank_transaction, staging.receipt
with receipt as (
    select
        receipt.connection || ':' || receipt.source_id as receipt_id,
        coalesce(customer_identity.customer_id, receipt.connection || ':' || receipt.customer_ref) as customer_id,
        receipt.method, receipt.amount_cny, receipt.receipt_date, nullif(trim(receipt.bank_reference), '') as bank_reference
    from staging.receipt
    left join core.customer_identity
        on customer_identity.connection = receipt.connection and customer_identity.source_id = receipt.customer_ref
    where receipt.is_counted and not receipt.is_deleted
),
line as (
    select
        bank_transaction.connection || ':' || bank_transaction.source_id as bank_transaction_id,
        customer_name.customer_id,
        bank_transaction.amount_cny, bank_transaction.value_date, nullif(trim(bank_transaction.reference), '') as reference
    from staging.bank_transaction
    left join core.customer_name on customer_name.normalised_name = normal_name(bank_transaction.counterparty_name)
    where not bank_transaction.is_deleted
        and coalesce(bank_transaction.category, 'other') in ('customer', 'other', 'refund')
),
reference as (
    select reference, min(bank_transaction_id) as bank_transaction_id
    from line where reference is not null
    group by reference having count(*) = 1
),
by_reference as (
    select receipt.receipt_id, reference.bank_transaction_id
    from receipt
    join reference on reference.reference = receipt.bank_reference
),
candidate as (
    select
        receipt.receipt_id, line.bank_transaction_id,
        count(*) over (partition by receipt.receipt_id) as lines,
        count(*) over (partition by line.bank_transaction_id) as receipts
    from receipt
    join line on line.customer_id = receipt.customer_id and line.amount_cny = receipt.amount_cny
    left join by_reference as linked_receipt on linked_receipt.receipt_id = receipt.receipt_id
    left join by_reference as linked_line on linked_line.bank_transaction_id = line.bank_transaction_id
    where receipt.method = 'cash'
        and receipt.receipt_date - line.value_date between -3 and 3
        and linked_receipt.receipt_id is null and linked_line.receipt_id is null
),
link as (
    select receipt_id, bank_transaction_id, 'reference' as match_rule from by_reference
    union all
    select receipt_id, bank_transaction_id, 'customer_amount' from candidate where lines = 1 and receipts = 1
)
select link.receipt_id, link.bank_transaction_id, link.match_rule, receipt.customer_id, receipt.method
from link
join receipt on receipt.receipt_id = link.receipt_id
