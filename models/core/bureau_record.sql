-- what     A record of a bureau about a company, as each check held it; which record of another service or another bureau is the
--          same one is said by event_key: by case number, else by day and amount, the n-th such record of one bureau being the n-th
--          of the other. An administrative penalty that stands in the environmental list too is the environmental one.
-- grain    one row per record and check that held it
-- key      bureau_record_id
-- sources  core.bureau_check, core.customer, core.customer_name, staging.risk_event
-- column   record_id: the record in its bureau
-- column   company_key: the customer, or the company where it is none
-- column   event_key: what is one event, within company_key
-- column   bureau_check_id: the check; null while it is going on, or where the source knows no checks
-- column   is_live: the record itself does not say that it was lifted
-- reference customer_id -> core.customer.customer_id
with found as (
    select
        risk_event.*,
        risk_event.connection || ':' || coalesce(risk_event.record_ref, risk_event.source_id) as record_id,
        bureau_check.bureau_check_id, bureau_check.checked_at,
        coalesce(
            bureau_check.customer_id,
            customer.customer_id,
            case when risk_event.credit_code is null or customer_name.credit_code is null then customer_name.customer_id end
        ) as customer_id, -- by name only if no code speaks against it
        nullif(normal_name(risk_event.case_number), '') as case_key
    from staging.risk_event
    left join core.bureau_check
        on bureau_check.connection = risk_event.connection and bureau_check.source_id = risk_event.check_ref
    left join core.customer on customer.credit_code = normal_name(risk_event.credit_code)
    left join core.customer_name on customer_name.normalised_name = normal_name(risk_event.company_name)
),
placed as (
    select
        found.*,
        coalesce(customer_id, 'company ' || coalesce(credit_code, company_name, record_id)) as company_key
    from found
),
environmental as (
    select distinct company_key, case_key from placed where kind = 'environmental_penalty' and case_key is not null
),
record as (
    select
        placed.company_key, placed.connection, placed.record_id,
        min(case when environmental.case_key is not null then 'environmental_penalty' else placed.kind end) as kind,
        min(placed.case_key) as case_key,
        min(placed.event_date) as event_date,
        max(placed.amount_cny) as amount_cny
    from placed
    left join environmental
        on placed.kind = 'administrative_penalty'
        and environmental.company_key = placed.company_key and environmental.case_key = placed.case_key
    group by placed.company_key, placed.connection, placed.record_id
),
alike as (
    select
        record.*,
        record.kind || ' ' || coalesce(
            case_key,
            cast(event_date as varchar) || ' ' || coalesce(cast(amount_cny as varchar), ''),
            record_id
        ) as base_key
    from record
),
numbered as (
    select
        alike.*,
        case when case_key is not null then 1 else
            row_number() over (partition by company_key, connection, base_key order by record_id)
        end as number
    from alike
)
select
    placed.connection || ':' || placed.source_id as bureau_record_id,
    placed.record_id, placed.customer_id, placed.company_key,
    numbered.base_key || ' ' || cast(numbered.number as varchar) as event_key,
    numbered.kind,
    placed.title, placed.case_number, placed.company_name, placed.amount_cny, placed.event_date,
    coalesce(placed.is_live, false) and not placed.is_deleted as is_live,
    placed.bureau_check_id, placed.checked_at,
    placed.connection, placed.source_id, placed.source_updated_at, placed.recorded_at
from placed
join numbered
    on numbered.company_key = placed.company_key and numbered.connection = placed.connection
    and numbered.record_id = placed.record_id
