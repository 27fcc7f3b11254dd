-- what     The statements a month was forecast from at H1, and what came of each. METRICS 5.2, FVA-6.
-- grain    one row per month and thread whose expected date lies in it, the last 14 months
-- key      month, statement_id
-- sources  core.customer, core.employee, core.forecast_statement, core.territory_assignment, core.thread_outcome
-- column   stated_cny: forecast at the cut-off: the amount said minus what had come by then
-- column   said_cny: the amount as said
-- column   open_cny: still open today; with matched in month, matched late and settled otherwise it makes stated_cny
-- column   has_conflict: somebody else said something about the same document or order, which is not counted
select
    thread_outcome.month, thread_outcome.statement_id, thread_outcome.thread_id,
    thread_outcome.customer_id, customer.name as customer_name,
    thread_outcome.stated_by, speaker.name as stated_by_name,
    thread_outcome.certainty, forecast_statement.method, forecast_statement.evidence,
    case when thread_outcome.subject_kind = 'document' then thread_outcome.subject_number end as document_number,
    case when thread_outcome.subject_kind = 'order' then thread_outcome.subject_number end as order_number,
    thread_outcome.amount_cny as said_cny, thread_outcome.forecast_cny as stated_cny,
    thread_outcome.in_month_cny as matched_in_month_cny, thread_outcome.late_cny as matched_late_cny,
    thread_outcome.settled_otherwise_cny, thread_outcome.open_cny,
    thread_outcome.is_running, thread_outcome.lacks_basis, thread_outcome.has_conflict,
    forecast_statement.is_future_confirmed, forecast_statement.lacks_evidence,
    thread_outcome.month_start, thread_outcome.expected_date, thread_outcome.stated_date, thread_outcome.cutoff_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.thread_outcome
join core.forecast_statement on forecast_statement.statement_id = thread_outcome.statement_id
left join core.customer on customer.customer_id = thread_outcome.customer_id
left join core.employee as speaker on speaker.employee_id = thread_outcome.stated_by
left join core.territory_assignment
    on territory_assignment.customer_id = thread_outcome.customer_id
    and territory_assignment.valid_from <= thread_outcome.cutoff_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > thread_outcome.cutoff_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
