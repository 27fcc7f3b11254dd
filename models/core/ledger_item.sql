-- what     Open items as they were known from when to when: the instalments of each document, and what its plan leaves over; without a
--          plan the whole document, or two parts where a retention rule of ours holds. METRICS 0.2, 3.1, 3.6.
-- grain    one row per open item and period in which the document's plan was known to be one thing
-- key      item_id, known_from
-- sources  core.calendar, core.ledger_document, core.payment_term, core.retention_rule, staging.instalment
-- column   item_id: the document's id; for an instalment <document>#<source_id of the plan line>; <document>#retention for our split
-- column   due_date: the instalment's; else the document's; else by the customer's term; else document date + 30 days
-- column   effective_due_date: due date, or the next workday; late means after it
-- column   due_source: instalment, document, term or assumed
-- column   recorded_at: known from: when the item was first known, UTC
-- column   known_from: when the plan was known to be so, UTC
-- column   known_to: when it was known to be otherwise, UTC; null while it stands
-- accepted due_source: instalment, document, term, assumed
with line as (
    select
        ledger_document.document_id, instalment.source_id, instalment.due_date, instalment.amount_cny,
        coalesce(instalment.is_retention, false) as is_retention, instalment.source_updated_at,
        greatest(instalment.recorded_at, ledger_document.known_from) as known_from,
        case when instalment.is_deleted then instalment.deleted_at end as known_to
    from staging.instalment
    join core.ledger_document
        on ledger_document.connection = instalment.connection and ledger_document.source_id = instalment.document_ref
    where not instalment.is_deleted or instalment.deleted_at > greatest(instalment.recorded_at, ledger_document.known_from)
),
moment as (
    select document_id, known_from as seen_at from core.ledger_document
    union
    select document_id, known_from from line
    union
    select document_id, known_to from line where known_to is not null
),
version as (
    select
        ledger_document.*, moment.seen_at,
        coalesce(lead(moment.seen_at) over (partition by moment.document_id order by moment.seen_at), ledger_document.known_to) as until
    from moment
    join core.ledger_document on ledger_document.document_id = moment.document_id
    where ledger_document.known_to is null or moment.seen_at < ledger_document.known_to
),
planned as (
    select
        version.document_id, version.seen_at, '#' || line.source_id as suffix, line.due_date,
        line.amount_cny, line.is_retention, line.source_updated_at, line.known_from as recorded_at, line.source_id
    from version
    join line
        on line.document_id = version.document_id
        and line.known_from <= version.seen_at and coalesce(line.known_to > version.seen_at, true)
),
plan as (
    select document_id, seen_at, sum(amount_cny) as amount_cny from planned group by document_id, seen_at
),
left_over as (
    select
        version.document_id, version.seen_at, version.document_date, version.source_id, version.source_updated_at, version.known_from,
        version.amount_cny - coalesce(plan.amount_cny, 0) as amount_cny,
        case when plan.document_id is null and version.amount_cny > 0 then retention_rule.months end as months,
        case when plan.document_id is null and version.amount_cny > 0
            then cast(ceil(version.amount_cny * retention_rule.percent - 0.5) * 0.01 as decimal(18, 2)) end as retention_cny -- cents as METRICS 0.7
    from version
    left join plan on plan.document_id = version.document_id and plan.seen_at = version.seen_at
    left join core.retention_rule on retention_rule.customer_id = version.customer_id
    where version.amount_cny <> coalesce(plan.amount_cny, 0)
),
item as (
    select
        document_id, seen_at, suffix, amount_cny, due_date, is_retention,
        case when due_date is not null then 'instalment' end as due_source, source_id, source_updated_at, recorded_at
    from planned
    union all
    select
        document_id, seen_at, '', amount_cny - coalesce(retention_cny, 0), null, false, null,
        source_id, source_updated_at, known_from
    from left_over where amount_cny <> coalesce(retention_cny, 0)
    union all
    select
        document_id, seen_at, '#retention', retention_cny, cast(document_date + months * interval '1 month' as date), true, 'term',
        source_id, source_updated_at, known_from
    from left_over where retention_cny <> 0
),
by_term as (
    select
        document_id,
        case payment_term.kind
            when 'month_end' then month_end(document_date) + payment_term.days
            when 'delivery' then delivery_date + payment_term.days
            else document_date + payment_term.days
        end as due_date
    from core.ledger_document
    join core.payment_term on payment_term.customer_id = ledger_document.customer_id
    where ledger_document.due_date is null
),
dated as (
    select
        item.document_id || item.suffix as item_id, version.document_id, version.number as document_number, version.order_number,
        version.customer_id, item.amount_cny, item.is_retention, version.is_credit_note, version.document_date,
        coalesce(item.due_date, version.due_date, by_term.due_date, version.document_date + 30) as due_date,
        coalesce(
            item.due_source, case when version.due_date is not null then 'document' when by_term.due_date is not null then 'term' end,
            'assumed'
        ) as due_source,
        version.connection, item.source_id, item.source_updated_at, item.recorded_at, version.seen_at, version.until
    from item
    join version on version.document_id = item.document_id and version.seen_at = item.seen_at
    left join by_term on by_term.document_id = item.document_id
)
select
    dated.item_id, dated.document_id, dated.document_number, dated.order_number, dated.customer_id,
    dated.amount_cny::decimal(18, 2) as amount_cny,
    dated.is_retention, dated.is_credit_note, dated.due_source,
    dated.document_date, dated.due_date,
    coalesce(calendar.effective_day, dated.due_date) as effective_due_date, -- a day beyond our calendar
    dated.connection, dated.source_id, dated.source_updated_at, dated.recorded_at,
    dated.seen_at as known_from, dated.until as known_to
from dated
left join core.calendar on calendar.day = dated.due_date
