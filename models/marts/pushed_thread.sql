-- what     Date pushes (推迟次数): how often and how far each thread's date was moved later. METRICS FVA-9.
-- grain    one row per thread that ever named an amount and a date
-- key      thread_id
-- sources  core.customer, core.employee, core.forecast_statement, core.territory_assignment
-- column   month: of the first date that was said
-- column   pushes: number of later dates
-- column   days_pushed: days from each date to the later one, added up; a date moved earlier takes nothing back
-- column   rls_owner: who said it last, for ever
-- column   rls_region: the customer's on the first date
with said as (
    select
        forecast_statement.*,
        lag(expected_date) over (partition by thread_id order by version) as date_before,
        row_number() over (partition by thread_id order by version desc) as from_last
    from core.forecast_statement
    where not is_withdrawn and amount_cny > 0 and expected_date is not null
),
thread as (
    select
        thread_id, min(customer_id) filter (where from_last = 1) as customer_id, min(stated_by) filter (where from_last = 1) as stated_by,
        min(subject_kind) filter (where from_last = 1) as subject_kind,
        min(subject_number) filter (where from_last = 1) as subject_number,
        min(amount_cny) filter (where from_last = 1) as amount_cny,
        cast(count(*) as int) as versions,
        cast(count(*) filter (where expected_date > date_before) as int) as pushes,
        cast(coalesce(sum(expected_date - date_before) filter (where expected_date > date_before), 0) as int) as days_pushed,
        min(expected_date) filter (where date_before is null) as first_date,
        min(expected_date) filter (where from_last = 1) as last_date
    from said
    group by thread_id
)
select
    thread.thread_id, thread.customer_id, customer.name as customer_name,
    thread.stated_by, speaker.name as stated_by_name,
    case when thread.subject_kind = 'document' then thread.subject_number end as document_number,
    thread.amount_cny, thread.versions, thread.pushes, thread.days_pushed,
    thread.pushes >= 2 as is_pushed_twice,
    month_text(thread.first_date) as month, month_start(thread.first_date) as month_start,
    thread.first_date, thread.last_date,
    coalesce(thread.stated_by, 'unassigned') as rls_owner, speaker.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from thread
left join core.customer on customer.customer_id = thread.customer_id
left join core.employee as speaker on speaker.employee_id = thread.stated_by
left join core.territory_assignment
    on territory_assignment.customer_id = thread.customer_id
    and territory_assignment.valid_from <= thread.first_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > thread.first_date
