-- what     What became of each thread a month was forecast from at a cut-off, by now: before the month, in it, late, settled
--          otherwise, open. METRICS FVA-6: forecast = early + in month + late + settled otherwise + open.
-- grain    one row per month, cut-off and thread whose expected date lies in the month
-- key      month, cutoff_date, statement_id
-- sources  core.forecast_cutoff, core.receivable_document, core.settlement, core.thread_forecast, core.thread_match,
--          staging.receivable_document, staging.sales_order
-- column   early_cny: paid after the cut-off and before the month (H2, H3)
-- column   settled_otherwise_cny: credit note, deduction, discount, set-off, write-off and the like on its document since it was
--          stated; of an order, on documents nobody made a statement about
-- column   open_cny: still open now
-- column   lacks_basis: its document or order was voided or cancelled
with cutoff as (
    select distinct month, month_start, month_end, window_start, cutoff_date, is_running from core.forecast_cutoff
),
forecast as (
    select
        cutoff.month, cutoff.month_start, cutoff.month_end, cutoff.window_start, cutoff.is_running,
        cast(cutoff.cutoff_date as varchar) as matching, thread_forecast.*
    from cutoff
    join core.thread_forecast
        on thread_forecast.cutoff_date = cutoff.cutoff_date
        and thread_forecast.expected_date between cutoff.month_start and cutoff.month_end
),
paid as (
    select
        forecast.cutoff_date, forecast.statement_id,
        sum(thread_match.matched_cny) filter (where thread_match.value_date < forecast.window_start) as early_cny,
        sum(thread_match.matched_cny)
            filter (where thread_match.value_date between forecast.window_start and forecast.month_end) as in_month_cny,
        sum(thread_match.matched_cny) filter (where thread_match.value_date > forecast.month_end) as late_cny
    from forecast
    join core.thread_match on thread_match.matching = forecast.matching and thread_match.statement_id = forecast.statement_id
    where thread_match.value_date > forecast.cutoff_date
    group by forecast.cutoff_date, forecast.statement_id
),
relief as (
    select
        receivable_document.customer_id, receivable_document.number as document_number, receivable_document.order_number,
        settlement.effective_date, sum(settlement.amount_cny) as amount_cny
    from core.settlement
    join core.receivable_document on receivable_document.document_id = settlement.document_id
    where not settlement.is_money and settlement.effective_date <= business_today()
    group by receivable_document.customer_id, receivable_document.number, receivable_document.order_number, settlement.effective_date
),
relieved_thread as (
    select forecast.cutoff_date, forecast.statement_id, relief.amount_cny
    from forecast
    join relief
        on relief.customer_id = forecast.customer_id and relief.document_number = forecast.subject_number
        and relief.effective_date > forecast.stated_date
    where forecast.subject_kind = 'document'
    union all
    select forecast.cutoff_date, forecast.statement_id, relief.amount_cny
    from forecast
    join relief
        on relief.customer_id = forecast.customer_id and relief.order_number = forecast.subject_number
        and relief.effective_date > forecast.stated_date
    left join core.thread_forecast as document_thread
        on document_thread.cutoff_date = forecast.cutoff_date and document_thread.customer_id = relief.customer_id
        and document_thread.subject_kind = 'document' and document_thread.subject_number = relief.document_number
    where forecast.subject_kind = 'order' and document_thread.statement_id is null
),
relieved as (
    select cutoff_date, statement_id, greatest(sum(amount_cny), 0) as relieved_cny
    from relieved_thread group by cutoff_date, statement_id
),
voided as (
    select 'document' as subject_kind, number from staging.receivable_document
    group by number having not bool_or(is_counted and not is_deleted)
    union all
    select 'order', number from staging.sales_order
    group by number having not bool_or(is_counted and not is_deleted)
),
outcome as (
    select
        forecast.*,
        coalesce(paid.early_cny, 0) as early_cny, coalesce(paid.in_month_cny, 0) as in_month_cny,
        coalesce(paid.late_cny, 0) as late_cny,
        least(coalesce(relieved.relieved_cny, 0),
            forecast.forecast_cny - coalesce(paid.early_cny, 0) - coalesce(paid.in_month_cny, 0) - coalesce(paid.late_cny, 0)) as settled_otherwise_cny,
        voided.number is not null as lacks_basis
    from forecast
    left join paid on paid.cutoff_date = forecast.cutoff_date and paid.statement_id = forecast.statement_id
    left join relieved on relieved.cutoff_date = forecast.cutoff_date and relieved.statement_id = forecast.statement_id
    left join voided on voided.subject_kind = forecast.subject_kind and voided.number = forecast.subject_number
)
select
    month, month_start, month_end, cutoff_date, statement_id, thread_id,
    customer_id, stated_by, subject_kind, subject_number, certainty,
    amount_cny, forecast_cny,
    early_cny::decimal(18, 2) as early_cny, in_month_cny::decimal(18, 2) as in_month_cny, late_cny::decimal(18, 2) as late_cny,
    settled_otherwise_cny::decimal(18, 2) as settled_otherwise_cny,
    (forecast_cny - early_cny - in_month_cny - late_cny - settled_otherwise_cny)::decimal(18, 2) as open_cny,
    is_running, lacks_basis, has_conflict,
    expected_date, stated_date
from outcome
