-- what     Receipts that count (收款单), those deleted since included, with the day each counted from as it was known from when to when:
--          the ERP's day until the bank's line of the money is known, then the bank's. A dishonoured bill is a negative receipt of its
--          day, made here when the ERP has none. METRICS 0.2, 3.3, 3.4.
-- grain    one row per receipt and period of knowledge
-- key      receipt_id, known_from
-- sources  core.acceptance_bill, core.bill_event, core.customer, core.customer_identity, core.receipt_bank_line,
--          staging.bank_transaction, staging.receipt
-- column   receipt_id: <connection>:<source_id>; of a dishonour <bill_event_id>/dishonour
-- column   value_date: the bank's booking date of cash that is linked to a bank line, else the ERP's date (for a bill: signed on)
-- column   bank_transaction_id: the cash's bank line; for a bill, the line of its proceeds
-- column   is_bank_missing: cash without a bank line
-- column   dishonours_receipt_id: the bill's receipt that this one takes back; null for all others
-- column   known_from: when somebody or the hub learned of it, UTC
-- column   known_to: when that was no longer what was known, UTC; null while it is
with booked as (
    select
        receipt.connection || ':' || receipt.source_id as receipt_id,
        receipt.number,
        coalesce(customer_identity.customer_id, receipt.connection || ':' || receipt.customer_ref) as customer_id,
        receipt.method, receipt.bank_reference, receipt.amount_cny,
        coalesce(receipt.is_prepayment, false) as is_prepayment,
        receipt.receipt_date, null::varchar as dishonours_receipt_id,
        receipt.connection, receipt.source_id, receipt.source_updated_at, receipt.recorded_at,
        case when receipt.is_deleted then receipt.deleted_at end as deleted_at
    from staging.receipt
    left join core.customer_identity
        on customer_identity.connection = receipt.connection and customer_identity.source_id = receipt.customer_ref
    left join core.customer on customer.customer_id = customer_identity.customer_id
    where receipt.is_counted and not coalesce(customer.is_internal, false)
        and (not receipt.is_deleted or receipt.deleted_at > receipt.recorded_at)
),
taken_back as ( -- the ERP's own negative receipts of bills, so that none is counted twice
    select distinct connection, bank_reference from booked where amount_cny < 0 and method <> 'cash' and bank_reference is not null
),
dishonoured as (
    select
        bill_event.bill_event_id || '/dishonour' as receipt_id,
        acceptance_bill.number, booked.customer_id, booked.method, booked.bank_reference,
        -booked.amount_cny as amount_cny, booked.is_prepayment, bill_event.event_date as receipt_date,
        booked.receipt_id as dishonours_receipt_id,
        bill_event.connection, bill_event.source_id, bill_event.source_updated_at,
        greatest(bill_event.recorded_at, booked.recorded_at) as recorded_at, booked.deleted_at
    from core.bill_event
    join core.acceptance_bill on acceptance_bill.bill_id = bill_event.bill_id
    join booked on booked.receipt_id = acceptance_bill.receipt_id
    left join taken_back on taken_back.connection = booked.connection and taken_back.bank_reference = booked.bank_reference
    where bill_event.event = 'dishonoured' and taken_back.connection is null
        and coalesce(greatest(bill_event.recorded_at, booked.recorded_at) < booked.deleted_at, true)
),
receipt as (
    select * from booked
    union all
    select * from dishonoured
),
reference as (
    select reference, min(connection || ':' || source_id) as bank_transaction_id
    from staging.bank_transaction
    where not is_deleted and reference is not null and coalesce(category, 'other') in ('customer', 'other', 'refund')
    group by reference having count(*) = 1
),
line as ( -- receipt_bank_line links what stands; a deleted receipt keeps the line that it named
    select receipt_id, bank_transaction_id from core.receipt_bank_line
    union all
    select receipt.receipt_id, reference.bank_transaction_id
    from receipt
    join reference on reference.reference = receipt.bank_reference
    where receipt.deleted_at is not null
),
linked as (
    select
        receipt.*, line.bank_transaction_id,
        receipt.method = 'cash' and line.receipt_id is null as is_bank_missing,
        case when receipt.method = 'cash' then bank_transaction.value_date end as bank_date,
        greatest(receipt.recorded_at, bank_transaction.recorded_at) as linked_at
    from receipt
    left join line on line.receipt_id = receipt.receipt_id
    left join staging.bank_transaction
        on bank_transaction.connection || ':' || bank_transaction.source_id = line.bank_transaction_id
),
moved as ( -- the line came later than the receipt and says another day
    select
        linked.*,
        bank_date <> receipt_date and linked_at > recorded_at and coalesce(linked_at < deleted_at, true) as is_moved
    from linked
)
select
    receipt_id, number, customer_id, method, bank_transaction_id, bank_reference, amount_cny,
    is_prepayment, is_bank_missing, receipt_date,
    coalesce(bank_date, receipt_date) as value_date, dishonours_receipt_id,
    connection, source_id, source_updated_at, recorded_at,
    case when is_moved then linked_at else recorded_at end as known_from, deleted_at as known_to
from moved
union all
select
    receipt_id, number, customer_id, method, null, bank_reference, amount_cny,
    is_prepayment, is_bank_missing, receipt_date,
    receipt_date, dishonours_receipt_id,
    connection, source_id, source_updated_at, recorded_at,
    recorded_at, linked_at
from moved
where is_moved
