-- what     The statements a month was forecast from at a cut-off, and what came of each. METRICS 5.2, FVA-5, FVA-6.
-- grain    one row per month, horizon and thread whose expected date lies in the month
-- key      month, horizon, statement_id
-- sources  core.customer, core.employee, core.forecast_cutoff, core.forecast_statement, core.territory_assignment,
--          core.thread_match, core.thread_outcome
-- column   stated_cny: forecast at the cut-off: the amount said minus what had come by then
-- column   said_cny: the amount as said
-- column   matched_early_cny: came after the cut-off and before the month (H2, H3)
-- column   open_cny: still open today; with matched early, in month, late and settled otherwise it makes stated_cny
-- column   matched_near_cny: came within 7 days of the expected date
-- column   is_judged: these 7 days are over (FVA-5)
-- column   is_hit: judged, and what came near the date is within 5 % of what was forecast
-- column   has_conflict: somebody else said something about the same document or order, which is not counted
with near as (
    select thread_outcome.cutoff_date, thread_outcome.statement_id, sum(thread_match.matched_cny) as matched_cny
    from core.thread_outcome
    join core.thread_match
        on thread_match.matching = cast(thread_outcome.cutoff_date as varchar)
        and thread_match.statement_id = thread_outcome.statement_id
        and thread_match.value_date > thread_outcome.cutoff_date
        and thread_match.value_date between thread_outcome.expected_date - 7 and thread_outcome.expected_date + 7
    group by thread_outcome.cutoff_date, thread_outcome.statement_id
)
select
    thread_outcome.month, forecast_cutoff.horizon, thread_outcome.statement_id, thread_outcome.thread_id,
    thread_outcome.customer_id, customer.name as customer_name,
    thread_outcome.stated_by, speaker.name as stated_by_name,
    thread_outcome.certainty, forecast_statement.method, forecast_statement.evidence,
    case when thread_outcome.subject_kind = 'document' then thread_outcome.subject_number end as document_number,
    case when thread_outcome.subject_kind = 'order' then thread_outcome.subject_number end as order_number,
    thread_outcome.amount_cny as said_cny, thread_outcome.forecast_cny as stated_cny,
    thread_outcome.early_cny as matched_early_cny, thread_outcome.in_month_cny as matched_in_month_cny, thread_outcome.late_cny as matched_late_cny,
    thread_outcome.settled_otherwise_cny, thread_outcome.open_cny,
    coalesce(near.matched_cny, 0)::decimal(18, 2) as matched_near_cny,
    thread_outcome.expected_date + 7 < business_today() as is_judged,
    thread_outcome.expected_date + 7 < business_today()
        and abs(coalesce(near.matched_cny, 0) - thread_outcome.forecast_cny) <= thread_outcome.forecast_cny * 0.05 as is_hit,
    thread_outcome.is_running, forecast_cutoff.is_weekly, thread_outcome.lacks_basis, thread_outcome.has_conflict,
    forecast_statement.is_future_confirmed, forecast_statement.lacks_evidence,
    thread_outcome.month_start, thread_outcome.expected_date, thread_outcome.stated_date, thread_outcome.cutoff_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.thread_outcome
join core.forecast_cutoff
    on forecast_cutoff.month = thread_outcome.month and forecast_cutoff.cutoff_date = thread_outcome.cutoff_date
left join near on near.cutoff_date = thread_outcome.cutoff_date and near.statement_id = thread_outcome.statement_id
join core.forecast_statement on forecast_statement.statement_id = thread_outcome.statement_id
left join core.customer on customer.customer_id = thread_outcome.customer_id
left join core.employee as speaker on speaker.employee_id = thread_outcome.stated_by
left join core.territory_assignment
    on territory_assignment.customer_id = thread_outcome.customer_id
    and territory_assignment.valid_from <= thread_outcome.cutoff_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > thread_outcome.cutoff_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
