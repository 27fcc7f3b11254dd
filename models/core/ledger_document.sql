-- what     Receivable documents that count, those the source has deleted since included: what was known of each from when to when.
--          METRICS 0.2, 0.5, 0.10.
-- grain    one row per document
-- key      document_id
-- sources  core.customer, core.customer_identity, staging.receivable_document
-- column   amount_cny: tax included; a credit note is negative
-- column   due_date: as the ERP says; open_item fills what is missing
-- column   owner_id: employee_id of the seller the document names
-- column   known_from: when somebody or the hub learned of it, UTC
-- column   known_to: when it was seen to be gone, UTC; null while it stands
select
    receivable_document.connection || ':' || receivable_document.source_id as document_id,
    receivable_document.number, receivable_document.order_number,
    coalesce(customer_identity.customer_id, receivable_document.connection || ':' || receivable_document.customer_ref) as customer_id,
    receivable_document.owner_number as owner_id,
    receivable_document.amount_cny,
    receivable_document.amount_cny < 0 or coalesce(receivable_document.is_credit_note, false) as is_credit_note,
    receivable_document.document_date, receivable_document.due_date, receivable_document.delivery_date,
    receivable_document.connection, receivable_document.source_id, receivable_document.source_updated_at,
    receivable_document.recorded_at as known_from,
    case when receivable_document.is_deleted then receivable_document.deleted_at end as known_to
from staging.receivable_document
left join core.customer_identity
    on customer_identity.connection = receivable_document.connection
    and customer_identity.source_id = receivable_document.customer_ref
left join core.customer on customer.customer_id = customer_identity.customer_id
where receivable_document.is_counted and not coalesce(customer.is_internal, false)
    and (not receivable_document.is_deleted or receivable_document.deleted_at > receivable_document.recorded_at)
