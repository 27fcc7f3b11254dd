-- what     What happened to each bill: signed for, endorsed (背书), discounted (贴现), returned (背书退回), matured (到期收款),
--          dishonoured (退票). METRICS 3.4.
-- grain    one row per event
-- key      bill_event_id
-- sources  core.acceptance_bill, staging.bill_event
-- column   event: signed, endorsed, discounted, returned (an endorsement: on hand again), matured or dishonoured
-- column   proceeds_cny: money that came by it: face at maturity, face - interest at a discount; null where none comes
-- column   interest_cny: what a discount cost; finance cost, never a deduction from the customer
-- column   with_recourse: who took it can come back to us; true unless the source says otherwise
-- required event, event_date
-- reference bill_id -> core.acceptance_bill.bill_id
-- accepted event: signed, endorsed, discounted, returned, matured, dishonoured
select
    bill_id || '/signed' as bill_event_id, bill_id, 'signed' as event, signed_date as event_date,
    null::decimal(18, 2) as proceeds_cny, null::decimal(18, 2) as interest_cny, false as with_recourse,
    connection, source_id, source_updated_at, recorded_at
from core.acceptance_bill
union all
select
    bill_event.connection || ':' || bill_event.source_id, acceptance_bill.bill_id, bill_event.event, bill_event.event_date,
    case
        when bill_event.event = 'matured' then coalesce(bill_event.proceeds_cny, acceptance_bill.face_cny)
        when bill_event.event = 'discounted'
            then coalesce(bill_event.proceeds_cny, acceptance_bill.face_cny - coalesce(bill_event.interest_cny, 0))
    end,
    case when bill_event.event = 'discounted'
        then coalesce(bill_event.interest_cny, acceptance_bill.face_cny - bill_event.proceeds_cny, 0) end,
    bill_event.event in ('endorsed', 'discounted') and coalesce(bill_event.with_recourse, true),
    bill_event.connection, bill_event.source_id, bill_event.source_updated_at, bill_event.recorded_at
from staging.bill_event
join core.acceptance_bill
    on acceptance_bill.connection = bill_event.connection and acceptance_bill.source_id = bill_event.bill_ref
where bill_event.is_counted and not bill_event.is_deleted
