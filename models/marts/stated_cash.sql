-- what     What people said about cash to come (回款预测), every version: what stood at a time T has stated_at <= T and no replaced_at by
--          T. METRICS 5.1.
-- grain    one row per statement
-- key      statement_id
-- sources  core.customer, core.employee, core.forecast_statement, core.item_balance, core.open_item, core.receivable_document,
--          core.territory_assignment
-- column   replaced_at: when the thread's next statement was made; null for the last one
-- column   is_current: stands today: the last of its thread, not withdrawn
-- column   has_conflict: several people's words about its document or order stand today
-- column   open_cny: what its document owes today; null without a document
-- column   is_more_than_open: it stands, and says more than its document owes
-- column   rls_owner: who said it, for ever
-- column   rls_region: the customer's on the day it was said
-- index    customer_id
with said as (
    select
        forecast_statement.*,
        lead(stated_at) over (partition by thread_id order by version) as replaced_at
    from core.forecast_statement
),
marked as (
    select said.*, replaced_at is null and not is_withdrawn as is_current from said
),
subject as (
    select customer_id, subject_kind, subject_number
    from marked
    where is_current and subject_kind <> 'none'
    group by customer_id, subject_kind, subject_number
    having count(distinct stated_by) > 1
),
owed as (
    select receivable_document.customer_id, receivable_document.number, sum(item_balance.open_amount_cny) as open_cny
    from core.receivable_document
    join core.open_item on open_item.document_id = receivable_document.document_id
    left join core.item_balance on item_balance.item_id = open_item.item_id and item_balance.to_date is null
    group by receivable_document.customer_id, receivable_document.number
)
select
    marked.statement_id, marked.thread_id, marked.version, marked.customer_id, customer.name as customer_name,
    marked.stated_by, speaker.name as stated_by_name,
    marked.subject_kind, marked.subject_number, marked.certainty, marked.method, marked.evidence,
    marked.amount_cny,
    case when marked.subject_kind = 'document' then coalesce(owed.open_cny, 0) end::decimal(18, 2) as open_cny,
    marked.is_current, marked.is_withdrawn, marked.is_future_confirmed, marked.lacks_evidence,
    marked.is_current and subject.customer_id is not null as has_conflict,
    marked.is_current and marked.subject_kind = 'document' and marked.amount_cny > coalesce(owed.open_cny, 0) as is_more_than_open,
    marked.expected_date, marked.stated_date, marked.stated_at, marked.replaced_at,
    marked.connection,
    coalesce(marked.stated_by, 'unassigned') as rls_owner, speaker.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from marked
left join core.customer on customer.customer_id = marked.customer_id
left join core.employee as speaker on speaker.employee_id = marked.stated_by
left join subject
    on subject.customer_id = marked.customer_id and subject.subject_kind = marked.subject_kind
    and subject.subject_number = marked.subject_number
left join owed on owed.customer_id = marked.customer_id and owed.number = marked.subject_number
left join core.territory_assignment
    on territory_assignment.customer_id = marked.customer_id
    and territory_assignment.valid_from <= marked.stated_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > marked.stated_date
