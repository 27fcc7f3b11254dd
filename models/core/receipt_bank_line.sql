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
entry as ( -- what no reference linked, receipts and lines in one list; joining two such lists would be slow on Postgres
    select
        receipt.customer_id, receipt.amount_cny, receipt.receipt_date - date '2000-01-01' as day_number,
        receipt.receipt_id, null as bank_transaction_id
    from receipt
    left join by_reference on by_reference.receipt_id = receipt.receipt_id
    where receipt.method = 'cash' and by_reference.receipt_id is null
    union all
    select
        line.customer_id, line.amount_cny, line.value_date - date '2000-01-01',
        null, line.bank_transaction_id
    from line
    left join by_reference on by_reference.bank_transaction_id = line.bank_transaction_id
    where line.customer_id is not null and by_reference.receipt_id is null
),
counted as (
    select
        entry.*,
        count(bank_transaction_id) over near as lines, max(bank_transaction_id) over near as line_id,
        count(receipt_id) over near as receipts
    from entry
    window near as (partition by customer_id, amount_cny order by day_number range between 3 preceding and 3 following)
),
candidate as (
    select
        receipt_id, lines, line_id,
        max(case when bank_transaction_id is not null then receipts end) over near as receipts_of_line
    from counted
    window near as (partition by customer_id, amount_cny order by day_number range between 3 preceding and 3 following)
),
link as (
    select receipt_id, bank_transaction_id, 'reference' as match_rule from by_reference
    union all
    select receipt_id, line_id, 'customer_amount' from candidate
    where receipt_id is not null and lines = 1 and receipts_of_line = 1
)
select link.receipt_id, link.bank_transaction_id, link.match_rule, receipt.customer_id, receipt.method
from link
join receipt on receipt.receipt_id = link.receipt_id
