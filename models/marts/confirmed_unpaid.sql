-- what     Confirmed, no money (已确认未到账): what was still missing on the first workday after the confirmed day (or the day it was
--          said, if later). METRICS FVA-7. Stays here after the money arrives. Not raised while the bank's lines of the confirmed day
--          are not loaded for every account.
-- grain    one row per confirmed statement that was standing on that day and short by more than 1.00 and 0.5 %
-- key      statement_id
-- sources  core.bank_day, core.calendar, core.collection, core.customer, core.employee, core.forecast_statement, core.receipt,
--          core.receivable_document, core.settlement, core.territory_assignment, core.thread_match
-- column   amount_cny: as confirmed; a bill signed for is money here, a commercial one too, where it settles the document
-- column   missing_cny: not there before the flagged day
-- column   missing_now_cny: not there today
-- column   days_since: days from the confirmed day to the arrival of the money, or to today
-- column   month: of the confirmed day
-- column   rls_owner: who said it, for ever
-- column   rls_region: the customer's on the confirmed day
with confirmed as (
    select *, greatest(expected_date, stated_date) as judged_date, greatest(1.00, amount_cny * 0.005) as tolerance_cny
    from core.forecast_statement
    where certainty = 'confirmed' and not is_withdrawn and amount_cny > 0 and expected_date is not null
),
judged as (
    select confirmed.*, flagged_day.day as flagged_date
    from confirmed
    join core.calendar on calendar.day = confirmed.judged_date
    join core.calendar as flagged_day on flagged_day.is_workday and flagged_day.workday_index = calendar.workday_index + 1
    join core.bank_day on bank_day.day = confirmed.judged_date and bank_day.is_covered
    where flagged_day.day <= business_today()
        and coalesce(confirmed.replaced_date, date '9999-12-31') >= flagged_day.day
),
note as ( -- bills that are no collection yet when they are signed for
    select receipt_id from core.receipt where method in ('commercial_bill', 'supply_chain_note')
),
part as ( -- money of the statement and of its thread's later versions
    select judged.statement_id, thread_match.value_date, thread_match.matched_cny
    from judged
    join core.forecast_statement as later
        on later.thread_id = judged.thread_id and later.version >= judged.version
    join core.thread_match on thread_match.matching = 'confirmed' and thread_match.statement_id = later.statement_id
    join core.collection on collection.collection_id = thread_match.collection_id
    left join note on note.receipt_id = collection.receipt_id
    where note.receipt_id is null or judged.subject_kind <> 'document'
    union all
    select judged.statement_id, settlement.effective_date, settlement.amount_cny
    from judged
    join core.receivable_document
        on receivable_document.customer_id = judged.customer_id and receivable_document.number = judged.subject_number
    join core.settlement on settlement.document_id = receivable_document.document_id
    join note on note.receipt_id = settlement.receipt_id
    where judged.subject_kind = 'document'
        and settlement.effective_date between least(judged.stated_date, judged.expected_date) and business_today()
),
payment as (
    select statement_id, value_date, sum(matched_cny) as matched_cny from part group by statement_id, value_date
),
reached as (
    select
        payment.*,
        sum(matched_cny) over (partition by statement_id order by value_date) as reached_cny
    from payment
),
paid as (
    select
        judged.statement_id,
        coalesce(max(reached.reached_cny) filter (where reached.value_date < judged.flagged_date), 0) as paid_at_flag_cny,
        coalesce(max(reached.reached_cny), 0) as paid_now_cny,
        min(reached.value_date) filter (where reached.reached_cny >= judged.amount_cny - judged.tolerance_cny) as arrived_date
    from judged
    left join reached on reached.statement_id = judged.statement_id
    group by judged.statement_id
)
select
    judged.statement_id, judged.thread_id, judged.customer_id, customer.name as customer_name,
    judged.stated_by, speaker.name as stated_by_name,
    case when judged.subject_kind = 'document' then judged.subject_number end as document_number,
    judged.evidence, judged.is_future_confirmed, judged.lacks_evidence,
    judged.amount_cny,
    (judged.amount_cny - paid.paid_at_flag_cny)::decimal(18, 2) as missing_cny,
    greatest(judged.amount_cny - paid.paid_now_cny, 0)::decimal(18, 2) as missing_now_cny,
    cast(coalesce(paid.arrived_date, business_today()) - judged.expected_date as int) as days_since,
    month_text(judged.expected_date) as month, month_start(judged.expected_date) as month_start,
    judged.expected_date, judged.stated_date, judged.flagged_date, paid.arrived_date,
    coalesce(judged.stated_by, 'unassigned') as rls_owner, speaker.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from judged
join paid on paid.statement_id = judged.statement_id
left join core.customer on customer.customer_id = judged.customer_id
left join core.employee as speaker on speaker.employee_id = judged.stated_by
left join core.territory_assignment
    on territory_assignment.customer_id = judged.customer_id
    and territory_assignment.valid_from <= judged.judged_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > judged.judged_date
where judged.amount_cny - paid.paid_at_flag_cny > judged.tolerance_cny
