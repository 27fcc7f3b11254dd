-- what     Promise kept (承诺兑现): what customers promised for a day, and what was there three workdays later. METRICS REC-10.
-- grain    one row per thread and month in which it first promised a date
-- key      thread_id, month
-- sources  core.bank_day, core.customer, core.employee, core.standing_statement, core.territory_assignment
-- column   month: of the promised date; moving it within the month makes no second promise
-- column   outcome: kept (all but 1.00 or 0.5 % came), moved (replaced before its date by a later one), partly, broken, or pending (its
--          day has not come, or the bank's lines of that day are not loaded for every account)
-- column   promised_cny: as promised
-- column   kept_cny: what came by the day it is judged on, at most the amount
-- column   level: how many promises about this document, order or slot were broken so far, this one counted
-- column   rls_owner: who said it, for ever
-- column   rls_region: the customer's on the promised date
-- accepted outcome: kept, partly, broken, moved, pending
with promise as (
    select distinct on (thread_id, month_start(expected_date))
        standing_statement.*, month_start(expected_date) as month_start, greatest(1.00, amount_cny * 0.005) as tolerance_cny
    from core.standing_statement
    where certainty in ('promised', 'confirmed')
    order by thread_id, month_start(expected_date), version
),
bank as (
    select bool_or(is_covered) as is_connected from core.bank_day
),
judged as (
    select
        promise.*,
        case
            when promise.promise_date > business_today() then 'pending'
            when bank.is_connected and not coalesce(bank_day.is_covered, false) then 'pending'
            when promise.by_promise_cny >= promise.amount_cny - promise.tolerance_cny then 'kept'
            when promise.moved_to is not null then 'moved'
            when promise.by_promise_cny > 0 then 'partly'
            else 'broken'
        end as outcome
    from promise
    cross join bank
    left join core.bank_day on bank_day.day = promise.promise_date
),
levelled as (
    select
        judged.*,
        sum(case when outcome = 'broken' then 1 else 0 end) over (
            partition by customer_id, subject_kind, subject_number, case when subject_kind = 'none' then thread_id end
            order by expected_date, statement_id rows unbounded preceding) as level
    from judged
)
select
    levelled.thread_id, month_text(levelled.month_start) as month, levelled.statement_id,
    levelled.customer_id, customer.name as customer_name,
    levelled.stated_by, speaker.name as stated_by_name, levelled.certainty,
    case when levelled.subject_kind = 'document' then levelled.subject_number end as document_number,
    case when levelled.subject_kind = 'order' then levelled.subject_number end as order_number,
    levelled.outcome, cast(levelled.level as int) as level,
    levelled.amount_cny as promised_cny,
    case when levelled.outcome <> 'pending' then least(levelled.by_promise_cny, levelled.amount_cny) else 0 end::decimal(18, 2) as kept_cny,
    levelled.received_cny,
    levelled.month_start, levelled.expected_date, levelled.stated_date, levelled.promise_date as judged_date, levelled.moved_to,
    coalesce(levelled.stated_by, 'unassigned') as rls_owner, speaker.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from levelled
left join core.customer on customer.customer_id = levelled.customer_id
left join core.employee as speaker on speaker.employee_id = levelled.stated_by
left join core.territory_assignment
    on territory_assignment.customer_id = levelled.customer_id
    and territory_assignment.valid_from <= levelled.expected_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > levelled.expected_date
