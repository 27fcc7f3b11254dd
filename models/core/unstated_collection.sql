-- what     Collections of a month that no thread current at the cut-off took. METRICS 5.4 (4) and (5).
-- grain    one row per month, cut-off and share of a collection that has a rest
-- key      month, cutoff_date, share_id
-- sources  core.collection_share, core.forecast_cutoff, core.forecast_statement, core.thread_at_cutoff, core.thread_match
-- column   reason: unidentified (unknown payer), more_than_stated (its document or order has a filled thread), said_after (somebody
--          said so after the cut-off, before it came) or nobody
with cutoff as (
    select distinct month, month_end, window_start, cutoff_date from core.forecast_cutoff
),
share as (
    select cutoff.month, cutoff.cutoff_date, cast(cutoff.cutoff_date as varchar) as matching, collection_share.*
    from cutoff
    join core.collection_share on collection_share.value_date between cutoff.window_start and cutoff.month_end
),
matched as (
    select matching, share_id, sum(matched_cny) as matched_cny from core.thread_match group by matching, share_id
),
rest as (
    select share.*, share.amount_cny - coalesce(matched.matched_cny, 0) as rest_cny
    from share
    left join matched on matched.matching = share.matching and matched.share_id = share.share_id
    where share.amount_cny > coalesce(matched.matched_cny, 0)
),
subject as (
    select distinct cutoff_date, customer_id, subject_kind, subject_number
    from core.thread_at_cutoff where is_counted and subject_kind in ('document', 'order')
),
said_after as (
    select distinct rest.cutoff_date, rest.share_id
    from rest
    join core.forecast_statement
        on forecast_statement.customer_id = rest.customer_id
        and forecast_statement.stated_date > rest.cutoff_date and forecast_statement.stated_date <= rest.value_date
    where not forecast_statement.is_withdrawn
        and (forecast_statement.subject_kind = 'none'
            or (forecast_statement.subject_kind = 'document' and forecast_statement.subject_number = rest.document_number)
            or (forecast_statement.subject_kind = 'order' and forecast_statement.subject_number = rest.order_number))
)
select
    rest.month, rest.cutoff_date, rest.share_id, rest.collection_id,
    rest.customer_id, rest.document_number,
    case
        when rest.customer_id is null then 'unidentified'
        when document_subject.customer_id is not null or order_subject.customer_id is not null then 'more_than_stated'
        when said_after.share_id is not null then 'said_after'
        else 'nobody'
    end as reason,
    rest.rest_cny::decimal(18, 2) as rest_cny, rest.value_date
from rest
left join subject as document_subject
    on document_subject.cutoff_date = rest.cutoff_date and document_subject.customer_id = rest.customer_id
    and document_subject.subject_kind = 'document' and document_subject.subject_number = rest.document_number
left join subject as order_subject
    on order_subject.cutoff_date = rest.cutoff_date and order_subject.customer_id = rest.customer_id
    and order_subject.subject_kind = 'order' and order_subject.subject_number = rest.order_number
left join said_after on said_after.cutoff_date = rest.cutoff_date and said_after.share_id = rest.share_id
