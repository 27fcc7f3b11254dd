-- what     What asks for money when receipts are matched to statements (METRICS 5.4): for each cut-off the threads that count, and
--          for FVA-7 the statements of threads in which somebody confirmed, and for FVA-8 and REC-10 every statement while it stood.
-- grain    one row per matching and statement
-- key      matching, statement_id
-- sources  core.forecast_statement, core.thread_at_cutoff
-- column   matching: the cut-off date, confirmed, or standing; each receipt's cent is used once within a matching
-- column   paid_from: the first day whose receipts may fill it: at a cut-off the day after it was stated; else the day it was said
--          or is for, whichever is first
-- column   paid_to: the last such day; away from a cut-off a statement ends with its thread's next one
with confirmed_thread as (
    select distinct thread_id from core.forecast_statement where certainty = 'confirmed' and not is_withdrawn
),
standing as (
    select
        statement_id, thread_id, customer_id, subject_kind, subject_number, amount_cny, expected_date,
        least(stated_date, expected_date) as paid_from,
        coalesce(lead(stated_date) over (partition by thread_id order by version) - 1, business_today()) as paid_to
    from core.forecast_statement
    where not is_withdrawn and amount_cny > 0 and expected_date is not null
)
select
    cast(cutoff_date as varchar) as matching, statement_id, customer_id, subject_kind, subject_number,
    amount_cny, expected_date, stated_date + 1 as paid_from, business_today() as paid_to
from core.thread_at_cutoff
where is_counted
union all
select 'standing', statement_id, customer_id, subject_kind, subject_number, amount_cny, expected_date, paid_from, paid_to
from standing
union all
select
    'confirmed', standing.statement_id, standing.customer_id, standing.subject_kind, standing.subject_number,
    standing.amount_cny, standing.expected_date, standing.paid_from, standing.paid_to
from standing
join confirmed_thread on confirmed_thread.thread_id = standing.thread_id
