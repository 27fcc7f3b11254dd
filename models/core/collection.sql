-- what     Collections (回款): customers' bank lines by value date, bank bills (银承) by the day signed for, minus refunds and
--          dishonoured bills. METRICS 5.3, 3.4, COL-1, COL-2. Commercial bills (商承) and notes count when they are paid, or
--          discounted without recourse; discounted with recourse, on the day they are due and did not come back.
-- grain    one row per collection event up to the as-of day
-- key      collection_id
-- sources  core.acceptance_bill, core.bank_day, core.bank_transaction, core.bill_event, core.cash_match, core.customer, core.receipt,
--          core.receipt_bank_line
-- column   amount_cny: COL-1; 0 for the money of a bill that was collected when it was signed for
-- column   cash_amount_cny: COL-2, on cash basis
-- column   discount_interest_cny: what the bill behind this money was worth more: finance cost
-- column   kind: bank_line, receipt_without_bank (the bank's lines of that day are not loaded), bank_bill, commercial_bill (due, and
--          discounted before), bill_money (of a bill; the bank's lines of that day are not loaded), refund, dishonour
-- column   customer_id: of an unknown payer the customer whom the hub has matched; null when nobody knows
-- index    customer_id
-- reference bank_transaction_id -> core.bank_transaction.bank_transaction_id
-- accepted kind: bank_line, receipt_without_bank, bank_bill, commercial_bill, bill_money, refund, dishonour
with matched as (
    select
        bank_transaction_id,
        coalesce(max(payer_id), case when min(customer_id) = max(customer_id) then min(customer_id) end) as customer_id
    from core.cash_match group by bank_transaction_id
),
event_of as ( -- the money of a bill, or its return
    select
        acceptance_bill.bill_id, acceptance_bill.kind, acceptance_bill.number, acceptance_bill.customer_id, acceptance_bill.receipt_id,
        acceptance_bill.face_cny, acceptance_bill.maturity_date,
        bill_event.bill_event_id, bill_event.event, bill_event.event_date, bill_event.proceeds_cny,
        coalesce(bill_event.interest_cny, 0) as interest_cny, bill_event.with_recourse,
        bill_event.connection, bill_event.source_id, bill_event.source_updated_at, bill_event.recorded_at
    from core.bill_event
    join core.acceptance_bill on acceptance_bill.bill_id = bill_event.bill_id
),
coming_back as ( -- handed on with recourse: collected when it is due
    select bill_id from event_of where event = 'discounted' and with_recourse and kind <> 'bank_bill' group by bill_id
),
dishonoured as (
    select bill_id from event_of where event = 'dishonoured' group by bill_id
),
paid_bill as ( -- the bills behind a line
    select
        receipt_bank_line.bank_transaction_id, sum(receipt.amount_cny) as face_cny,
        bool_and(receipt.method = 'bank_bill') as is_bank_bill, bool_or(coming_back.bill_id is not null) as is_returning
    from core.receipt_bank_line
    join core.receipt on receipt.receipt_id = receipt_bank_line.receipt_id
    left join core.acceptance_bill on acceptance_bill.receipt_id = receipt.receipt_id
    left join coming_back on coming_back.bill_id = acceptance_bill.bill_id
    where receipt.method <> 'cash' and receipt.amount_cny > 0
    group by receipt_bank_line.bank_transaction_id
),
line as (
    select
        'bank_line:' || bank_transaction.bank_transaction_id as collection_id,
        case when bank_transaction.amount_cny > 0 then 'bank_line' else 'refund' end as kind,
        coalesce(bank_transaction.customer_id, matched.customer_id) as customer_id,
        bank_transaction.bank_transaction_id, bank_transaction.receipt_id,
        case
            when bank_transaction.is_bill_proceeds or coalesce(paid_bill.is_returning, false) then 0
            when paid_bill.face_cny > bank_transaction.amount_cny then paid_bill.face_cny
            else bank_transaction.amount_cny
        end as amount_cny,
        bank_transaction.amount_cny as cash_amount_cny,
        case when bank_transaction.amount_cny > 0 and paid_bill.face_cny > bank_transaction.amount_cny
            then paid_bill.face_cny - bank_transaction.amount_cny else 0 end as discount_interest_cny,
        bank_transaction.value_date,
        bank_transaction.connection, bank_transaction.source_id, bank_transaction.source_updated_at, bank_transaction.recorded_at
    from core.bank_transaction
    left join matched on matched.bank_transaction_id = bank_transaction.bank_transaction_id
    left join paid_bill on paid_bill.bank_transaction_id = bank_transaction.bank_transaction_id
    where (bank_transaction.amount_cny > 0 and bank_transaction.category in ('customer', 'other'))
        or (bank_transaction.amount_cny < 0 and (bank_transaction.category in ('customer', 'refund') or bank_transaction.is_linked))
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
        0 as discount_interest_cny,
        receipt.value_date,
        receipt.connection, receipt.source_id, receipt.source_updated_at, receipt.recorded_at
    from core.receipt
    left join core.bank_day on bank_day.day = receipt.value_date
    where receipt.method = 'bank_bill'
        or (receipt.is_bank_missing and not coalesce(bank_day.is_covered, false)) -- on a loaded day it has not arrived, or is a tie
),
bill as (
    select
        'bill:' || event_of.bill_event_id as collection_id,
        case when event_of.event = 'signed' then 'bank_bill' else 'dishonour' end as kind,
        event_of.customer_id, null as bank_transaction_id, null as receipt_id,
        case when event_of.event = 'signed' then event_of.face_cny else -event_of.face_cny end as amount_cny,
        0 as cash_amount_cny, 0 as discount_interest_cny, event_of.event_date as value_date,
        event_of.connection, event_of.source_id, event_of.source_updated_at, event_of.recorded_at
    from event_of
    left join core.receipt on receipt.receipt_id = event_of.receipt_id
    left join core.receipt as returned
        on returned.connection = event_of.connection and returned.bank_reference = event_of.number
        and returned.method = 'bank_bill' and returned.amount_cny < 0
    where event_of.kind = 'bank_bill' -- where a receipt says the same it is there already
        and ((event_of.event = 'signed' and receipt.receipt_id is null)
            or (event_of.event = 'dishonoured' and returned.receipt_id is null))
    union all
    select
        'bill:' || event_of.bill_event_id || '/due', 'commercial_bill', event_of.customer_id, null, event_of.receipt_id,
        event_of.face_cny, 0, 0, event_of.maturity_date,
        event_of.connection, event_of.source_id, event_of.source_updated_at, event_of.recorded_at
    from event_of
    left join dishonoured on dishonoured.bill_id = event_of.bill_id
    where event_of.event = 'discounted' and event_of.with_recourse and event_of.kind <> 'bank_bill' and dishonoured.bill_id is null
    union all
    select
        'bill:' || event_of.bill_event_id, 'bill_money', event_of.customer_id, null, event_of.receipt_id,
        case when event_of.kind = 'bank_bill' or coming_back.bill_id is not null then 0
            else event_of.proceeds_cny + event_of.interest_cny end,
        event_of.proceeds_cny, event_of.interest_cny, event_of.event_date,
        event_of.connection, event_of.source_id, event_of.source_updated_at, event_of.recorded_at
    from event_of
    left join core.receipt_bank_line on receipt_bank_line.receipt_id = event_of.receipt_id
    left join core.bank_day on bank_day.day = event_of.event_date
    left join coming_back on coming_back.bill_id = event_of.bill_id
    where event_of.event in ('discounted', 'matured') and event_of.proceeds_cny > 0
        and receipt_bank_line.receipt_id is null and not coalesce(bank_day.is_covered, false)
),
event as (
    select * from line
    union all
    select * from receipt
    union all
    select * from bill
)
select
    event.collection_id, event.kind, event.customer_id, event.bank_transaction_id, event.receipt_id,
    event.amount_cny::decimal(18, 2) as amount_cny, event.cash_amount_cny::decimal(18, 2) as cash_amount_cny,
    event.discount_interest_cny::decimal(18, 2) as discount_interest_cny,
    event.value_date,
    event.connection, event.source_id, event.source_updated_at, event.recorded_at
from event
left join core.customer on customer.customer_id = event.customer_id
where event.value_date <= business_today() and not coalesce(customer.is_internal, false)
    and (event.amount_cny <> 0 or event.cash_amount_cny <> 0)
