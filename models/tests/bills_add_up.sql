-- what     COL-1 - COL-2 of bank bills = change of those on hand + endorsed on + discount interest, month by month (METRICS 12.5). A bill
--          whose money the bank shows with another amount than the ERP is left to the control totals, and so is one that the ERP and
--          the bank see in different months.
-- sources  core.acceptance_bill, core.bill_event, core.bill_state, core.collection, core.receipt, core.receipt_bank_line
with bill as (
    select acceptance_bill.bill_id, acceptance_bill.receipt_id, acceptance_bill.face_cny
    from core.acceptance_bill
    join core.receipt on receipt.receipt_id = acceptance_bill.receipt_id
    where acceptance_bill.kind = 'bank_bill' and receipt.method = 'bank_bill' and receipt.amount_cny = acceptance_bill.face_cny
),
money as ( -- what the bank shows of a bill
    select bill.bill_id, month_start(collection.value_date) as month_start, sum(collection.cash_amount_cny) as cash_cny
    from bill
    join core.receipt_bank_line on receipt_bank_line.receipt_id = bill.receipt_id
    join core.collection on collection.bank_transaction_id = receipt_bank_line.bank_transaction_id
    group by bill.bill_id, month_start(collection.value_date)
),
event as ( -- what the ERP says of it
    select
        bill.bill_id, month_start(bill_event.event_date) as month_start,
        sum(coalesce(bill_event.proceeds_cny, 0)) as cash_cny,
        sum(case when bill_event.event = 'discounted' then bill_event.interest_cny else 0 end) as interest_cny,
        sum(case when bill_event.event = 'endorsed' then bill.face_cny when bill_event.event = 'returned' then -bill.face_cny else 0 end)
            as endorsed_cny
    from bill
    join core.bill_event on bill_event.bill_id = bill.bill_id
    where bill_event.event_date <= business_today()
    group by bill.bill_id, month_start(bill_event.event_date)
),
agreed as ( -- the two agree, and the bill has not come back from somebody who had it
    select bill.bill_id
    from bill
    left join (
        select coalesce(event.bill_id, money.bill_id) as bill_id
        from event
        full join money on money.bill_id = event.bill_id and money.month_start = event.month_start
        where coalesce(event.cash_cny, 0) <> coalesce(money.cash_cny, 0)
    ) as differing on differing.bill_id = bill.bill_id
    left join (
        select bill_id from core.bill_event group by bill_id
        having bool_or(event = 'dishonoured') and bool_or(event in ('endorsed', 'discounted'))
    ) as came_back on came_back.bill_id = bill.bill_id
    where differing.bill_id is null and came_back.bill_id is null
),
collected as ( -- COL-1 less COL-2
    select month_start(collection.value_date) as month_start, sum(collection.amount_cny - collection.cash_amount_cny) as amount_cny
    from (
        select agreed.bill_id, collection.collection_id
        from agreed
        join bill on bill.bill_id = agreed.bill_id
        join core.collection on collection.receipt_id = bill.receipt_id and collection.kind = 'bank_bill'
        union
        select agreed.bill_id, collection.collection_id
        from agreed
        join bill on bill.bill_id = agreed.bill_id
        join core.receipt_bank_line on receipt_bank_line.receipt_id = bill.receipt_id
        join core.collection on collection.bank_transaction_id = receipt_bank_line.bank_transaction_id
        union
        select agreed.bill_id, collection.collection_id
        from agreed
        join core.acceptance_bill on acceptance_bill.bill_id = agreed.bill_id
        join core.receipt
            on receipt.connection = acceptance_bill.connection and receipt.bank_reference = acceptance_bill.number
            and receipt.method = 'bank_bill' and receipt.amount_cny < 0
        join core.collection on collection.receipt_id = receipt.receipt_id and collection.kind = 'dishonour'
    ) as of_bill
    join core.collection on collection.collection_id = of_bill.collection_id
    group by month_start(collection.value_date)
),
moved as (
    select bill_state.bill_id, month_start(bill_state.from_date) as month_start, bill.face_cny as amount_cny
    from core.bill_state
    join bill on bill.bill_id = bill_state.bill_id
    where bill_state.state = 'on_hand' and bill_state.from_date <= business_today()
    union all
    select bill_state.bill_id, month_start(bill_state.to_date), -bill.face_cny
    from core.bill_state
    join bill on bill.bill_id = bill_state.bill_id
    where bill_state.state = 'on_hand' and bill_state.to_date <= business_today()
),
part as (
    select moved.month_start, moved.amount_cny from moved join agreed on agreed.bill_id = moved.bill_id
    union all
    select event.month_start, event.endorsed_cny + event.interest_cny from event join agreed on agreed.bill_id = event.bill_id
),
explained as (
    select month_start, sum(amount_cny) as amount_cny from part group by month_start
)
select coalesce(collected.month_start, explained.month_start) as month_start, collected.amount_cny as collected_cny, explained.amount_cny as explained_cny
from collected
full join explained on explained.month_start = collected.month_start
where coalesce(collected.amount_cny, 0) <> coalesce(explained.amount_cny, 0)
