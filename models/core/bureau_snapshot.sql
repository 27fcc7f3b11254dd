-- what     What a bureau's answer held on one day (征信快照): every check with what it found, its place among the checks of the same
--          service about the same company, and the paid order behind it. Checks that got no answer hold nothing. METRICS HEA-5, DAT-7.
-- grain    one row per check
-- key      bureau_check_id
-- sources  core.bureau_check, core.bureau_record
-- column   number: 1 for the first successful check of this company, service and connection; null for one without an answer
-- column   previous_check_id: the successful check before, to compare with
-- column   records: entries it held; live_records: those that do not say that they were lifted
-- column   content: the entries' events, in order, joined by '; '; empty: nothing was found
with held as (
    select
        bureau_check_id,
        count(distinct event_key)::int as records,
        count(distinct case when is_live then event_key end)::int as live_records,
        string_agg(distinct event_key, '; ' order by event_key) as content
    from core.bureau_record
    where bureau_check_id is not null
    group by bureau_check_id
),
placed as (
    select
        bureau_check_id,
        row_number() over checks as number,
        lag(bureau_check_id) over checks as previous_check_id,
        lag(checked_at) over checks as previous_checked_at
    from core.bureau_check
    where is_successful
    window checks as (partition by company_key, connection, service order by checked_at, bureau_check_id)
)
select
    bureau_check.bureau_check_id, bureau_check.customer_id, bureau_check.company_key, bureau_check.company_name,
    bureau_check.service, bureau_check.kind,
    bureau_check.is_successful, bureau_check.is_complete,
    placed.number::int as number, placed.previous_check_id, placed.previous_checked_at,
    coalesce(held.records, 0) as records, coalesce(held.live_records, 0) as live_records, coalesce(held.content, '') as content,
    bureau_check.controller_name, bureau_check.controller_ref,
    bureau_check.calls, bureau_check.cost_cny, bureau_check.order_number,
    bureau_check.checked_date, bureau_check.checked_at,
    bureau_check.connection, bureau_check.source_updated_at, bureau_check.recorded_at
from core.bureau_check
left join held on held.bureau_check_id = bureau_check.bureau_check_id
left join placed on placed.bureau_check_id = bureau_check.bureau_check_id
