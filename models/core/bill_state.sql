-- what     In which state each bill was from when to when: on hand (在手), endorsed on, discounted, paid, dishonoured. METRICS 3.4, REC-13.
-- grain    one row per bill and period; as of D: from_date <= D and (to_date is null or to_date > D)
-- key      bill_id, from_date
-- sources  core.acceptance_bill, core.bill_event
-- column   to_date: the first day on which it no longer holds; null for the last
-- column   is_contingent: endorsed or discounted with recourse and not yet due: it can come back to us
-- column   recorded_at: when the event that began the period was entered
-- reference bill_id -> core.acceptance_bill.bill_id
-- accepted state: on_hand, endorsed, discounted, paid, dishonoured
with turn as ( -- of the events of one day the last; a dishonour ends the day's others
    select distinct on (bill_event.bill_id, bill_event.event_date)
        bill_event.bill_id, bill_event.event_date, bill_event.event, bill_event.with_recourse,
        acceptance_bill.maturity_date,
        bill_event.connection, bill_event.source_id, bill_event.source_updated_at, bill_event.recorded_at
    from core.bill_event
    join core.acceptance_bill on acceptance_bill.bill_id = bill_event.bill_id
    order by bill_event.bill_id, bill_event.event_date,
        case bill_event.event when 'signed' then 0 when 'endorsed' then 1 when 'discounted' then 2 when 'returned' then 3 when 'matured' then 4 else 5 end desc,
        bill_event.bill_event_id
),
period as (
    select turn.*, lead(event_date) over (partition by bill_id order by event_date) as next_date from turn
),
due as ( -- what was handed on with recourse can come back until the day it is due
    select
        period.*,
        period.event in ('endorsed', 'discounted') and period.with_recourse and period.event_date < period.maturity_date as can_return
    from period
),
part as (
    select
        due.*, event_date as from_date, can_return as is_contingent,
        case when can_return and (next_date is null or next_date > maturity_date) then maturity_date else next_date end as to_date
    from due
    union all
    select due.*, maturity_date, false, next_date
    from due
    where can_return and (next_date is null or next_date > maturity_date)
)
select
    bill_id, from_date, to_date,
    case event when 'signed' then 'on_hand' when 'returned' then 'on_hand' when 'matured' then 'paid' else event end as state,
    is_contingent,
    connection, source_id, source_updated_at, recorded_at
from part
