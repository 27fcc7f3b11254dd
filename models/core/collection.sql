-- what     Collections (回款): customers' bank lines by value date, bank bills (银承) by the day signed for, minus refunds and
--          dishonoured bills. METRICS 5.3, COL-1, COL-2. Commercial bills (商承) count when their money comes.
-- grain    one row per collection event up to the as-of day
-- key      collection_id
-- sources  core.bank_day, core.bank_transaction, core.customer, core.receipt
-- column   amount_cny: COL-1; 0 for the bank line of a bank bill, which was collected when it was signed for
-- column   cash_amount_cny: COL-2, on cash basis
-- column   kind: bank_line, receipt_without_bank (the bank's lines of that day are not loaded), bank_bill, refund, dishonour
-- column   customer_id: null when the payer is unknown
-- reference bank_transaction_id -> core.bank_transaction.bank_transaction_id
-- accepted kind: bank_line, receipt_without_bank, bank_bill, refund, dishonour
with line as (
    select
        'bank_line:' || bank_transaction_id as collection_id,
        case when amount_cny > 0 then 'bank_line' else 'refund' end as kind,
        customer_id, bank_transaction_id, receipt_id,
        case when is_bill_proceeds then 0 else amount_cny end as amount_cny,
        amount_cny as cash_amount_cny, value_date,
        connection, source_id, source_updated_at, recorded_at
    from core.bank_transaction
    where (amount_cny > 0 and category in ('customer', 'other'))
        or (amount_cny < 0 and (category in ('customer', 'refund') or is_linked))
),
receipt as (
    select
        'receipt:' || receipt.receipt_id as collection_id,
        case
            when receipt.method = 'bank_bill' and receipt.amount_cny > 0 then 'bank_bill'
            when receipt.method = 'bank_bill' then 'dishonour'
            when receipt.amount_cny > 0 then 'receipt_without_bank'
            else 'refund'
        end as kind,
        receipt.customer_id, null as bank_transaction_id, receipt.receipt_id,
        receipt.amount_cny,
        case when receipt.method = 'bank_bill' then 0 else receipt.amount_cny end as cash_amount_cny,
        receipt.value_date,
        receipt.connection, receipt.source_id, receipt.source_updated_at, receipt.recorded_at
    from core.receipt
    left join core.bank_day on bank_day.day = receipt.value_date
    where receipt.method = 'bank_bill'
        or (receipt.is_bank_missing and not coalesce(bank_day.is_covered, false)) -- on a loaded day it has not arrived, or is a tie
),
event as (
    select * from line
    union all
    select * from receipt
)
select
    event.collection_id, event.kind, event.customer_id, event.bank_transaction_id, event.receipt_id,
    event.amount_cny::decimal(18, 2) as amount_cny, event.cash_amount_cny::decimal(18, 2) as cash_amount_cny,
    event.value_date,
    event.connection, event.source_id, event.source_updated_at, event.recorded_at
from event
left join core.customer on customer.customer_id = event.customer_id
where event.value_date <= business_today() and not coalesce(customer.is_internal, false)
