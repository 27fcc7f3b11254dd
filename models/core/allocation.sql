-- what     Allocations (核销) and the day they take effect; a credit note applied to an invoice is two rows, net 0. METRICS 3.2, 3.3.
--          One whose receipt, document or credit note does not count is not here.
-- grain    one row per allocation and document it moves
-- key      allocation_id, document_id
-- sources  core.receipt, core.receivable_document, staging.allocation
-- column   amount_cny: document balance = its amount - its allocations; negative on a credit note that is used up
-- column   is_money: paid by a receipt (cash or bill); the receipt's amount is used up by it
-- column   value_date: the receipt's value date; a credit note's document date; of other kinds, their own document's
-- column   effective_date: greatest(value date, document date), not the day of the button, which is recorded_at
-- reference document_id -> core.receivable_document.document_id
with document as (
    select connection, number, min(document_id) as document_id from core.receivable_document group by connection, number
),
counted as (
    select
        allocation.connection, allocation.source_id, allocation.source_updated_at,
        coalesce(allocation.allocated_at, allocation.recorded_at) as recorded_at,
        allocation.kind, allocation.amount_cny, receipt.receipt_id,
        document.document_id, case when allocation.kind = 'credit_note' then credit_note.document_id end as credit_note_id,
        receipt.value_date as receipt_date, allocation.value_date as own_date, business_date(allocation.allocated_at) as allocated_date
    from staging.allocation
    join document on document.connection = allocation.connection and document.number = allocation.document_number
    left join document as credit_note
        on credit_note.connection = allocation.connection and credit_note.number = allocation.credit_note_number
    left join core.receipt on receipt.connection = allocation.connection and receipt.source_id = allocation.receipt_ref
    where not allocation.is_deleted
        and (allocation.receipt_ref is null or receipt.receipt_id is not null)
        and (allocation.kind <> 'credit_note' or credit_note.document_id is not null)
),
dated as (
    select
        counted.*, invoice.document_date,
        coalesce(credit_note.document_date, receipt_date, own_date, allocated_date, invoice.document_date) as value_date
    from counted
    join core.receivable_document as invoice on invoice.document_id = counted.document_id
    left join core.receivable_document as credit_note on credit_note.document_id = counted.credit_note_id
),
moved as (
    select dated.*, document_id as moved_document_id, amount_cny as moved_cny from dated
    union all
    select dated.*, credit_note_id, -amount_cny from dated where credit_note_id is not null
)
select
    connection || ':' || source_id as allocation_id,
    moved_document_id as document_id, receipt_id,
    kind, moved_cny::decimal(18, 2) as amount_cny,
    kind in ('cash', 'bank_bill', 'commercial_bill', 'supply_chain_note', 'prepayment_applied') as is_money,
    value_date, greatest(value_date, document_date) as effective_date,
    connection, source_id, source_updated_at, recorded_at
from moved
