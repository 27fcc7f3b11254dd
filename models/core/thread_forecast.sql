-- what     What each counting thread still forecast at each cut-off: the amount said minus what had come by then. METRICS 5.2.
-- grain    one row per cut-off and thread that still expected something
-- key      cutoff_date, statement_id
-- sources  core.thread_at_cutoff, core.thread_match
-- column   forecast_cny: amount - matched on or before the cut-off
with matched as (
    select matching, statement_id, sum(matched_cny) as matched_cny
    from core.thread_match
    where matching not in ('confirmed', 'standing') and cast(value_date as varchar) <= matching
    group by matching, statement_id
)
select
    thread_at_cutoff.cutoff_date, thread_at_cutoff.statement_id, thread_at_cutoff.thread_id,
    thread_at_cutoff.customer_id, thread_at_cutoff.stated_by, thread_at_cutoff.owner_id,
    thread_at_cutoff.subject_kind, thread_at_cutoff.subject_number, thread_at_cutoff.certainty,
    thread_at_cutoff.amount_cny,
    (thread_at_cutoff.amount_cny - coalesce(matched.matched_cny, 0))::decimal(18, 2) as forecast_cny,
    thread_at_cutoff.has_conflict,
    thread_at_cutoff.expected_date, thread_at_cutoff.stated_date
from core.thread_at_cutoff
left join matched
    on matched.matching = cast(thread_at_cutoff.cutoff_date as varchar) and matched.statement_id = thread_at_cutoff.statement_id
where thread_at_cutoff.is_counted and thread_at_cutoff.amount_cny > coalesce(matched.matched_cny, 0)
