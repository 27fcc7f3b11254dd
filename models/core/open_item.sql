-- what     What is owed by when: the instalments of each document, and what its plan leaves over; without a plan that is the whole
--          document. METRICS 3.1, 3.6. Whether an item is still open says core.item_balance.
-- grain    one row per open item
-- key      item_id
-- sources  core.calendar, core.receivable_document, staging.instalment
-- column   item_id: the document's id; for an instalment <document>#<source_id of the plan line>
-- column   effective_due_date: due date, or the next workday; late means after it
-- column   due_assumed: neither plan nor document has a due date, so document date + 30 days
-- reference document_id -> core.receivable_document.document_id
with planned as (
    select
        receivable_document.document_id || '#' || instalment.source_id as item_id,
        receivable_document.document_id,
        coalesce(instalment.due_date, receivable_document.due_date) as due_date,
        instalment.amount_cny, coalesce(instalment.is_retention, false) as is_retention,
        instalment.connection, instalment.source_id, instalment.source_updated_at, instalment.recorded_at
    from staging.instalment
    join core.receivable_document
        on receivable_document.connection = instalment.connection and receivable_document.source_id = instalment.document_ref
    where not instalment.is_deleted
),
plan as (
    select document_id, sum(amount_cny) as amount_cny from planned group by document_id
),
item as (
    select item_id, document_id, due_date, amount_cny, is_retention, connection, source_id, source_updated_at, recorded_at
    from planned
    union all
    select
        receivable_document.document_id, receivable_document.document_id, receivable_document.due_date,
        receivable_document.amount_cny - coalesce(plan.amount_cny, 0), false,
        receivable_document.connection, receivable_document.source_id,
        receivable_document.source_updated_at, receivable_document.recorded_at
    from core.receivable_document
    left join plan on plan.document_id = receivable_document.document_id
    where receivable_document.amount_cny <> coalesce(plan.amount_cny, 0)
),
dated as (
    select
        item.*, receivable_document.number as document_number, receivable_document.order_number,
        receivable_document.customer_id, receivable_document.is_credit_note, receivable_document.document_date,
        coalesce(item.due_date, receivable_document.document_date + 30) as known_due_date
    from item
    join core.receivable_document on receivable_document.document_id = item.document_id
)
select
    dated.item_id, dated.document_id, dated.document_number, dated.order_number, dated.customer_id,
    dated.amount_cny::decimal(18, 2) as amount_cny,
    dated.is_retention, dated.is_credit_note, dated.due_date is null as due_assumed,
    dated.document_date, dated.known_due_date as due_date,
    coalesce(calendar.effective_day, dated.known_due_date) as effective_due_date, -- our calendar ends in 2028
    dated.connection, dated.source_id, dated.source_updated_at, dated.recorded_at
from dated
left join core.calendar on calendar.day = dated.known_due_date
