-- what     Each statement with the money that its thread got since: what a promise and a word are judged by. METRICS 5.2, FVA-8, REC-10.
-- grain    one row per statement that was not a withdrawal
-- key      statement_id
-- sources  core.calendar, core.forecast_statement, core.thread_match
-- column   judged_date: expected date, or the day it was said, if later
-- column   stood: no later statement of its thread had replaced it by the end of the judged date: the last word before it
-- column   moved_to: the date that the thread stood at on the day before the expected date, if it was a later one; else null
-- column   promise_date: add_workdays(expected date, [3]), the day a promise is judged on
-- column   by_week_cny: came by judged date + 7
-- column   by_promise_cny: came by the promise date
-- column   received_cny: came by now; money of the thread's later statements is in
with statement as (
    select
        forecast_statement.*, greatest(expected_date, stated_date) as judged_date,
        promise_day.day as promise_date
    from core.forecast_statement
    join core.calendar on calendar.day = forecast_statement.expected_date
    join core.calendar as promise_day on promise_day.is_workday and promise_day.workday_index = calendar.workday_index + 3
    where not forecast_statement.is_withdrawn and forecast_statement.amount_cny > 0
),
money as (
    select
        forecast_statement.thread_id, forecast_statement.version, thread_match.value_date, sum(thread_match.matched_cny) as matched_cny
    from core.thread_match
    join core.forecast_statement on forecast_statement.statement_id = thread_match.statement_id
    where thread_match.matching = 'standing'
    group by forecast_statement.thread_id, forecast_statement.version, thread_match.value_date
),
received as (
    select
        statement.statement_id,
        sum(money.matched_cny) filter (where money.value_date <= statement.judged_date + 7) as by_week_cny,
        sum(money.matched_cny) filter (where money.value_date <= statement.promise_date) as by_promise_cny,
        sum(money.matched_cny) as received_cny
    from statement
    join money on money.thread_id = statement.thread_id and money.version >= statement.version
    group by statement.statement_id
),
moved as ( -- what the thread said at the end of the day before
    select statement.statement_id, max(last_word.expected_date) as expected_date
    from statement
    join core.forecast_statement as last_word
        on last_word.thread_id = statement.thread_id and last_word.version > statement.version
        and last_word.stated_date < statement.expected_date
        and coalesce(last_word.replaced_date, date '9999-12-31') >= statement.expected_date
    where not last_word.is_withdrawn and last_word.expected_date > statement.expected_date
    group by statement.statement_id
)
select
    statement.statement_id, statement.thread_id, statement.version, statement.customer_id, statement.stated_by,
    statement.subject_kind, statement.subject_number, statement.certainty, statement.amount_cny,
    coalesce(received.by_week_cny, 0)::decimal(18, 2) as by_week_cny,
    coalesce(received.by_promise_cny, 0)::decimal(18, 2) as by_promise_cny,
    coalesce(received.received_cny, 0)::decimal(18, 2) as received_cny,
    coalesce(statement.replaced_date, date '9999-12-31') > statement.judged_date as stood,
    statement.expected_date, statement.stated_date, statement.judged_date, statement.promise_date, moved.expected_date as moved_to
from statement
left join received on received.statement_id = statement.statement_id
left join moved on moved.statement_id = statement.statement_id
