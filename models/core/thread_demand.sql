-- what     What asks for money when receipts are matched to statements (METRICS 5.4): for each cut-off the threads that count, and
--          for FVA-7 the statements of threads in which somebody confirmed.
-- grain    one row per matching and statement
-- key      matching, statement_id
-- sources  core.forecast_statement, core.thread_at_cutoff
-- column   matching: the cut-off date, or confirmed; each receipt's cent is used once within a matching
-- column   paid_from: the first day whose receipts may fill it: at a cut-off the day after it was stated; of a confirmed statement
--          the day it was said or is for, whichever is first
-- column   paid_to: the last such day; a confirmed statement ends with its thread's next one
with confirmed_thread as (
    select distinct thread_id from core.forecast_statement where certainty = 'confirmed' and not is_withdrawn
),
standing as (
    select
        forecast_statement.*,
        lead(forecast_statement.stated_date) over (
            partition by forecast_statement.thread_id order by forecast_statement.version) as next_date
    from core.forecast_statement
    join confirmed_thread on confirmed_thread.thread_id = forecast_statement.thread_id
    where not forecast_statement.is_withdrawn and forecast_statement.amount_cny > 0
)
select
    cast(cutoff_date as varchar) as matching, statement_id, customer_id, subject_kind, subject_number,
    amount_cny, expected_date, stated_date + 1 as paid_from, business_today() as paid_to
from core.thread_at_cutoff
where is_counted
union all
select
    'confirmed', statement_id, customer_id, subject_kind, subject_number,
    amount_cny, expected_date, least(stated_date, expected_date), coalesce(next_date - 1, business_today())
from standing
