-- what     What people said about cash to come (回款预测), every version of it for ever. METRICS 5.1. A statement that was deleted in
--          its source stays: it was said.
-- grain    one row per statement
-- key      statement_id
-- sources  core.calendar, core.customer_identity, core.employee_identity, core.stated_in_hub, staging.forecast_statement
-- column   thread_id: one source's statements about one subject; version counts within it
-- column   stated_by: employee_id of who said it, whoever looks after the customer now
-- column   replaced_date: the day the thread's next statement was made; null for the last one
-- column   is_future_confirmed: confirmed for a day after the next workday; kept as said
-- column   lacks_evidence: confirmed without bank line, slip or bill
-- accepted certainty: expected, promised, confirmed
with in_source as (
    select
        forecast_statement.connection || ':' || forecast_statement.source_id as statement_id,
        forecast_statement.connection || ':' || coalesce(forecast_statement.thread_key, forecast_statement.source_id) as thread_id,
        coalesce(customer_identity.customer_id, forecast_statement.connection || ':' || forecast_statement.customer_ref) as customer_id,
        coalesce(employee_identity.employee_id, forecast_statement.connection || ':' || forecast_statement.stated_by_ref) as stated_by,
        case when nullif(trim(forecast_statement.subject_number), '') is null then 'none'
            else forecast_statement.subject_kind end as subject_kind,
        nullif(trim(forecast_statement.subject_number), '') as subject_number,
        business_date(forecast_statement.stated_at) as stated_date,
        forecast_statement.stated_at, forecast_statement.certainty, forecast_statement.method,
        nullif(trim(forecast_statement.evidence), '') as evidence,
        forecast_statement.amount_cny, forecast_statement.expected_date,
        coalesce(forecast_statement.is_withdrawn, false) as is_withdrawn, forecast_statement.is_deleted,
        forecast_statement.connection, forecast_statement.source_id,
        forecast_statement.source_updated_at, forecast_statement.recorded_at
    from staging.forecast_statement
    left join core.customer_identity
        on customer_identity.connection = forecast_statement.connection
        and customer_identity.source_id = forecast_statement.customer_ref
    left join core.employee_identity
        on employee_identity.connection = forecast_statement.connection
        and employee_identity.source_id = forecast_statement.stated_by_ref
),
statement as (
    select * from in_source
    union all
    select
        statement_id, 'hub:' || thread_key, customer_id, stated_by, subject_kind, subject_number, business_date(stated_at), stated_at,
        certainty, method, evidence, amount_cny, expected_date, is_withdrawn, false,
        connection, source_id, recorded_at, recorded_at
    from core.stated_in_hub
),
next_workday as (
    select calendar.day, workday.day as next_day
    from core.calendar
    join core.calendar as workday on workday.is_workday and workday.workday_index = calendar.workday_index + 1
)
select
    statement.statement_id, statement.thread_id,
    cast(row_number() over (partition by statement.thread_id order by statement.stated_at, statement.statement_id) as int) as version,
    statement.customer_id, statement.stated_by,
    statement.subject_kind, statement.subject_number,
    statement.certainty, statement.method, statement.evidence,
    statement.amount_cny,
    statement.is_withdrawn, statement.is_deleted,
    statement.certainty = 'confirmed' and coalesce(statement.expected_date > next_workday.next_day, false) as is_future_confirmed,
    statement.certainty = 'confirmed' and statement.evidence is null as lacks_evidence,
    statement.expected_date, statement.stated_date,
    lead(statement.stated_date) over (partition by statement.thread_id order by statement.stated_at, statement.statement_id)
        as replaced_date,
    statement.stated_at,
    statement.connection, statement.source_id, statement.source_updated_at, statement.recorded_at
from statement
left join next_workday on next_workday.day = statement.stated_date
