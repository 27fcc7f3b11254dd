-- what     The documents by which a control total differs from the source's own figure (对账差异明细). METRICS DAT-4. By document where
--          the file has them, else by customer, else what was approved after the ledger of the month had been closed.
-- grain    one row per entity, month, measure and document (or customer)
-- key      entity, month, measure, kind, customer_key, document_number
-- sources  core.control_amount, core.control_figure, core.customer, core.receipt
-- column   kind: only_here, only_there, other_amount, other_month (the other side has it in another month), approved_after_close
-- column   difference_cny: here - there; the documents listed add up to the difference, or control_total says what is not explained
-- column   customer_key: customer_id, or the name that the file gives
-- accepted kind: only_here, only_there, other_amount, other_month, approved_after_close
with figured as (
    select
        entity, month, measure, max(closed_date) as closed_date,
        bool_or(level = 'document') as has_documents, bool_or(level = 'customer') as has_customers
    from core.control_figure
    group by entity, month, measure
),
total as (
    select
        control_figure.entity, control_figure.month, control_figure.measure,
        coalesce(sum(amount_cny) filter (where level = 'total'), sum(amount_cny) filter (where level = 'customer'), sum(amount_cny)) as amount_cny
    from core.control_figure
    group by control_figure.entity, control_figure.month, control_figure.measure
),
ours as (
    select control_amount.*, figured.closed_date, figured.has_documents, figured.has_customers
    from core.control_amount
    join figured
        on figured.entity = control_amount.entity and figured.month = control_amount.month and figured.measure = control_amount.measure
),
our_total as (
    select entity, month, measure, sum(amount_cny) as amount_cny from ours group by entity, month, measure
),
our_document as (
    select
        entity, month, measure, document_number, min(customer_id) as customer_id, sum(amount_cny) as amount_cny,
        max(recorded_date) as recorded_date, max(closed_date) as closed_date
    from ours where has_documents and document_number <> ''
    group by entity, month, measure, document_number
),
their_document as (
    select
        entity, month, measure, document_number, min(customer_id) as customer_id, min(customer) as customer, sum(amount_cny) as amount_cny
    from core.control_figure where level = 'document' and document_number is not null
    group by entity, month, measure, document_number
),
by_document as (
    select
        coalesce(our_document.entity, their_document.entity) as entity, coalesce(our_document.month, their_document.month) as month,
        coalesce(our_document.measure, their_document.measure) as measure,
        coalesce(our_document.document_number, their_document.document_number) as document_number,
        coalesce(our_document.customer_id, their_document.customer_id) as customer_id, their_document.customer,
        our_document.amount_cny as here_cny, their_document.amount_cny as there_cny,
        our_document.recorded_date, our_document.closed_date
    from our_document
    full join their_document
        on their_document.entity = our_document.entity and their_document.month = our_document.month
        and their_document.measure = our_document.measure and their_document.document_number = our_document.document_number
),
elsewhere as ( -- flows only: a balance stands in many months
    select distinct entity, measure, document_number, month, 'here' as side from core.control_amount where measure in ('billed', 'receipts', 'orders')
    union all
    select distinct entity, measure, document_number, month, 'there' from their_document where measure in ('billed', 'receipts', 'orders')
),
moved as (
    select by_document.entity, by_document.month, by_document.measure, by_document.document_number, min(elsewhere.month) as other_month
    from by_document
    join elsewhere
        on elsewhere.entity = by_document.entity and elsewhere.measure = by_document.measure
        and elsewhere.document_number = by_document.document_number and elsewhere.month <> by_document.month
        and elsewhere.side = case when by_document.there_cny is null then 'there' else 'here' end
    where by_document.here_cny is null or by_document.there_cny is null
    group by by_document.entity, by_document.month, by_document.measure, by_document.document_number
),
our_customer as (
    select entity, month, measure, customer_id, sum(amount_cny) as amount_cny, max(recorded_date) as recorded_date, max(closed_date) as closed_date
    from ours where has_customers and not has_documents
    group by entity, month, measure, customer_id
),
their_customer as (
    select
        control_figure.entity, control_figure.month, control_figure.measure, coalesce(customer_id, 'name:' || coalesce(customer, '')) as customer_id,
        min(customer) as customer, sum(amount_cny) as amount_cny
    from core.control_figure
    join figured
        on figured.entity = control_figure.entity and figured.month = control_figure.month and figured.measure = control_figure.measure
    where control_figure.level = 'customer' and not figured.has_documents
    group by control_figure.entity, control_figure.month, control_figure.measure, coalesce(customer_id, 'name:' || coalesce(customer, ''))
),
late as ( -- only a total is known: what it cannot hold, since it was approved after the closing
    select entity, month, measure, customer_id, document_number, amount_cny, recorded_date
    from ours
    where not has_documents and not has_customers and document_number <> '' and recorded_date > closed_date
    union all
    select
        receipt.connection, figured.month, figured.measure, receipt.customer_id, receipt.number, -receipt.amount_cny,
        business_date(receipt.recorded_at)
    from figured
    join core.receipt
        on receipt.connection = figured.entity and business_date(receipt.recorded_at) > figured.closed_date
        and month_text(receipt.value_date) <= figured.month
    where figured.measure = 'receivables' and not figured.has_documents and not figured.has_customers
),
difference as (
    select
        by_document.entity, by_document.month, by_document.measure,
        case when moved.other_month is not null then 'other_month'
            when by_document.there_cny is null and by_document.recorded_date > by_document.closed_date then 'approved_after_close'
            when by_document.there_cny is null then 'only_here' when by_document.here_cny is null then 'only_there' else 'other_amount' end as kind,
        by_document.customer_id, by_document.customer, by_document.document_number, by_document.here_cny, by_document.there_cny,
        moved.other_month, by_document.recorded_date
    from by_document
    left join moved
        on moved.entity = by_document.entity and moved.month = by_document.month and moved.measure = by_document.measure
        and moved.document_number = by_document.document_number
    where coalesce(by_document.here_cny, 0) <> coalesce(by_document.there_cny, 0)
    union all
    select
        coalesce(our_customer.entity, their_customer.entity), coalesce(our_customer.month, their_customer.month),
        coalesce(our_customer.measure, their_customer.measure),
        case when their_customer.customer_id is null then 'only_here' when our_customer.customer_id is null then 'only_there' else 'other_amount' end,
        coalesce(our_customer.customer_id, their_customer.customer_id), their_customer.customer, '',
        our_customer.amount_cny, their_customer.amount_cny, null, our_customer.recorded_date
    from our_customer
    full join their_customer
        on their_customer.entity = our_customer.entity and their_customer.month = our_customer.month
        and their_customer.measure = our_customer.measure and their_customer.customer_id = our_customer.customer_id
    where coalesce(our_customer.amount_cny, 0) <> coalesce(their_customer.amount_cny, 0)
    union all
    select late.entity, late.month, late.measure, 'approved_after_close', late.customer_id, null, late.document_number, late.amount_cny, null, null, late.recorded_date
    from late
    join total on total.entity = late.entity and total.month = late.month and total.measure = late.measure
    left join our_total on our_total.entity = late.entity and our_total.month = late.month and our_total.measure = late.measure
    where coalesce(our_total.amount_cny, 0) <> total.amount_cny
)
select
    difference.entity, difference.month, difference.measure, difference.kind,
    coalesce(difference.customer_id, difference.customer, '') as customer_key,
    coalesce(customer.name, difference.customer) as customer_name,
    difference.document_number, difference.here_cny::decimal(18, 2) as here_cny, difference.there_cny::decimal(18, 2) as there_cny,
    (coalesce(difference.here_cny, 0) - coalesce(difference.there_cny, 0))::decimal(18, 2) as difference_cny,
    difference.other_month, difference.recorded_date, cast(difference.month || '-01' as date) as month_start,
    'company' as rls_owner, 'company' as rls_region
from difference
left join core.customer on customer.customer_id = difference.customer_id
