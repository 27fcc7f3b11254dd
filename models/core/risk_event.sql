-- what     Something that happened to a company according to the bureaus (风险事件): a record, once however many checks, services and
--          bureaus have it, or a change of the actual controller, with the paid check that found it and the one before that did not
--          have it. What the first check of a list held was known since then and is not new. METRICS HEA-5.
-- grain    one row per event of a company
-- key      risk_event_id
-- sources  core.bureau_check, core.bureau_record, core.bureau_snapshot
-- column   customer_id: null if the company is not a customer
-- column   is_live: a bureau's last complete list still has it, not lifted; for a list that was never checked, as the source says
-- column   event_date: the record's own day; for a change of controller, and where the bureau gives no day, the day we learnt it
-- column   is_new: found by comparing: the check before had read the list to its end without it, or the event is younger than that
--          check; false: known since the first check
-- column   found_check_id, found_at: the paid check that found it; null where the source knows no checks
-- column   before_check_id, before_at: the check before, which did not have it; the event was first seen between the two
-- column   last_seen_at: the last check that held it
-- column   left_check_id, left_at: the check that no longer had it, or had it as lifted; null while it is live
-- column   bureaus: connections that told of it
-- index    customer_id
-- reference customer_id -> core.customer.customer_id
with held as (
    select bureau_record.*, bureau_check.service
    from core.bureau_record
    left join core.bureau_check on bureau_check.bureau_check_id = bureau_record.bureau_check_id
),
listed as (
    select
        company_key, event_key, connection, service,
        min(checked_at) as first_at, max(checked_at) as last_at,
        max(checked_at) filter (where is_live) as last_live_at
    from held
    where bureau_check_id is not null
    group by company_key, event_key, connection, service
),
gone as (
    select
        listed.company_key, listed.event_key, listed.connection, listed.service,
        min(bureau_check.checked_at) as left_at
    from listed
    join core.bureau_check
        on bureau_check.company_key = listed.company_key and bureau_check.connection = listed.connection
        and bureau_check.service = listed.service
        and bureau_check.checked_at > listed.last_live_at
        and (bureau_check.is_complete or bureau_check.checked_at <= listed.last_at)
    left join held
        on held.bureau_check_id = bureau_check.bureau_check_id and held.event_key = listed.event_key and held.is_live
    where held.event_key is null
    group by listed.company_key, listed.event_key, listed.connection, listed.service
),
compared as (
    select
        listed.*,
        gone.left_at,
        listed.last_live_at is not null and gone.left_at is null as is_live,
        found.bureau_check_id as found_check_id,
        found.previous_check_id as before_check_id, found.previous_checked_at as before_at,
        coalesce(before.is_complete, false) as was_complete,
        row_number() over (
            partition by listed.company_key, listed.event_key order by listed.first_at, found.bureau_check_id
        ) as place
    from listed
    join core.bureau_snapshot as found
        on found.company_key = listed.company_key and found.connection = listed.connection and found.service = listed.service
        and found.checked_at = listed.first_at
    left join core.bureau_check as before on before.bureau_check_id = found.previous_check_id
    left join gone
        on gone.company_key = listed.company_key and gone.event_key = listed.event_key and gone.connection = listed.connection
        and gone.service = listed.service
),
over_lists as (
    select
        company_key, event_key, max(last_at) as last_seen_at,
        bool_or(is_live) as is_live, max(left_at) as left_at
    from compared
    group by company_key, event_key
),
told as (
    select distinct on (company_key, event_key)
        company_key, event_key, customer_id, kind, title, case_number, company_name, amount_cny, event_date
    from held
    order by company_key, event_key, source_updated_at desc, record_id desc
),
first_told as (
    select distinct on (company_key, event_key)
        company_key, event_key, record_id, connection, source_id, source_updated_at, recorded_at
    from held
    order by company_key, event_key, source_updated_at, record_id
),
unchecked as (
    select company_key, event_key, bool_or(is_live) filter (where bureau_check_id is null) as is_live,
        count(distinct connection)::int as bureaus
    from held
    group by company_key, event_key
),
record as (
    select
        first_told.record_id as risk_event_id,
        told.customer_id, told.company_key, told.kind, told.title, told.case_number, told.company_name, told.amount_cny,
        coalesce(over_lists.is_live, false) or coalesce(unchecked.is_live, false) as is_live,
        coalesce(told.event_date, business_date(first_told.source_updated_at)) as event_date,
        coalesce(
            compared.before_check_id is not null
            and (compared.was_complete or told.event_date >= business_date(compared.before_at)),
            false
        ) as is_new,
        compared.found_check_id, compared.first_at as found_at, compared.before_check_id, compared.before_at,
        over_lists.last_seen_at,
        over_lists.left_at,
        unchecked.bureaus,
        first_told.connection, first_told.source_id, first_told.source_updated_at, first_told.recorded_at
    from told
    join first_told on first_told.company_key = told.company_key and first_told.event_key = told.event_key
    join unchecked on unchecked.company_key = told.company_key and unchecked.event_key = told.event_key
    left join over_lists on over_lists.company_key = told.company_key and over_lists.event_key = told.event_key
    left join compared
        on compared.company_key = told.company_key and compared.event_key = told.event_key and compared.place = 1
),
controller as (
    select
        bureau_check_id, customer_id, company_key, company_name, controller_name, controller_ref, checked_date, checked_at,
        connection, service, source_updated_at, recorded_at,
        lag(bureau_check_id) over checks as before_check_id,
        lag(checked_at) over checks as before_at,
        lag(controller_name) over checks as name_before,
        lag(controller_ref) over checks as ref_before
    from core.bureau_snapshot
    where is_successful and controller_name is not null
    window checks as (partition by company_key, connection, service order by checked_at, bureau_check_id)
),
turn as (
    select
        controller.*,
        row_number() over (
            partition by company_key, connection, normal_name(name_before), normal_name(controller_name)
            order by checked_at, bureau_check_id
        ) as nth
    from controller
    where name_before is not null
        and case
            when ref_before is not null and controller_ref is not null then ref_before <> controller_ref
            else normal_name(name_before) <> normal_name(controller_name)
        end
),
turned as (
    select
        turn.*,
        row_number() over (
            partition by company_key, normal_name(name_before), normal_name(controller_name), nth
            order by checked_at, bureau_check_id
        ) as place,
        count(*) over (
            partition by company_key, normal_name(name_before), normal_name(controller_name), nth
        ) as bureaus
    from turn
),
event as (
    select
        risk_event_id, customer_id, company_key, kind, title, case_number, company_name, amount_cny, is_live, event_date, is_new,
        found_check_id, found_at, before_check_id, before_at, last_seen_at,
        case when not is_live then left_at end as left_at,
        bureaus, connection, source_id, source_updated_at, recorded_at
    from record
    union all
    select
        bureau_check_id || ' controller', customer_id, company_key, 'controller_change',
        name_before || ' → ' || controller_name, null, company_name, null, true, checked_date, true,
        bureau_check_id, checked_at, before_check_id, before_at, checked_at,
        null,
        bureaus::int, connection, bureau_check_id, source_updated_at, recorded_at
    from turned
    where place = 1
),
left_by as (
    select
        event.risk_event_id, min(bureau_check.bureau_check_id) as left_check_id
    from event
    join core.bureau_check
        on bureau_check.company_key = event.company_key and bureau_check.checked_at = event.left_at
        and bureau_check.kind = event.kind
    group by event.risk_event_id
)
select
    event.risk_event_id, event.customer_id, event.company_key, event.kind, event.title, event.case_number, event.company_name,
    event.amount_cny, event.is_live, event.event_date, event.is_new,
    event.found_check_id, event.found_at, event.before_check_id, event.before_at, event.last_seen_at,
    left_by.left_check_id, event.left_at,
    event.bureaus,
    event.connection, event.source_id, event.source_updated_at, event.recorded_at
from event
left join left_by on left_by.risk_event_id = event.risk_event_id
