-- what     Allocations (核销), undone ones included, and the day each takes effect, as it was known from when to when; a credit note
--          applied to an invoice is two rows, net 0. A dishonoured bill takes back what its receipt settled. METRICS 0.2, 3.2 to 3.4.
--          One whose receipt, document or credit note does not count is not here.
-- grain    one row per allocation, document it moves and period of knowledge
-- key      allocation_id, document_id, known_from
-- sources  core.ledger_document, core.ledger_receipt, staging.allocation
-- column   allocation_id: <connection>:<source_id>; taken back by a dishonour: <that>/<its receipt_id>
-- column   amount_cny: document balance = its amount - its allocations; negative on a credit note that is used up
-- column   is_money: paid by a receipt (cash or bill); the receipt's amount is used up by it
-- column   instalment_id: the open item that the source says it settles; null where it does not say
-- column   value_date: the receipt's value date; a credit note's document date; of other kinds, their own document's
-- column   effective_date: greatest(value date, document date), not the day of the button
-- column   recorded_at: when the button was pressed
-- column   known_from: when it, its document and its receipt were known, UTC
-- column   known_to: when that was no longer what was known (undone, deleted, another day), UTC; null while it is
with document as ( -- a number that was used again belongs to the document that stands
    select
        connection, number,
        coalesce(min(case when known_to is null then document_id end), min(document_id)) as document_id
    from core.ledger_document group by connection, number
),
counted as (
    select
        allocation.connection, allocation.source_id, allocation.source_updated_at,
        coalesce(allocation.allocated_at, allocation.recorded_at) as recorded_at,
        case when allocation.is_deleted then allocation.deleted_at end as deleted_at,
        allocation.kind, allocation.amount_cny, allocation.receipt_ref, allocation.instalment_ref,
        document.document_id, case when allocation.kind = 'credit_note' then credit_note.document_id end as credit_note_id,
        allocation.value_date as own_date, business_date(allocation.allocated_at) as allocated_date
    from staging.allocation
    join document on document.connection = allocation.connection and document.number = allocation.document_number
    left join document as credit_note
        on credit_note.connection = allocation.connection and credit_note.number = allocation.credit_note_number
    where (not allocation.is_deleted or allocation.deleted_at is not null)
        and (allocation.kind <> 'credit_note' or credit_note.document_id is not null)
),
paid as (
    select
        counted.*, ledger_receipt.receipt_id, ledger_receipt.value_date as receipt_date,
        ledger_receipt.known_from as receipt_from, ledger_receipt.known_to as receipt_to
    from counted
    left join core.ledger_receipt
        on ledger_receipt.connection = counted.connection and ledger_receipt.source_id = counted.receipt_ref
        and ledger_receipt.dishonours_receipt_id is null
    where counted.receipt_ref is null or ledger_receipt.receipt_id is not null
),
dated as (
    select
        paid.*, paid.connection || ':' || paid.source_id as allocation_id, invoice.document_date,
        coalesce(credit_note.document_date, receipt_date, own_date, allocated_date, invoice.document_date) as value_date,
        greatest(paid.recorded_at, receipt_from, invoice.known_from, credit_note.known_from) as known_from,
        least(paid.deleted_at, receipt_to, invoice.known_to, credit_note.known_to) as known_to
    from paid
    join core.ledger_document as invoice on invoice.document_id = paid.document_id
    left join core.ledger_document as credit_note on credit_note.document_id = paid.credit_note_id
),
moved as (
    select
        connection, source_id, source_updated_at, recorded_at, allocation_id, document_id as moved_document_id, receipt_id,
        kind, instalment_ref, amount_cny as moved_cny, value_date, document_date, known_from, known_to
    from dated
    union all
    select
        connection, source_id, source_updated_at, recorded_at, allocation_id, credit_note_id, receipt_id,
        kind, null, -amount_cny, value_date, document_date, known_from, known_to
    from dated where credit_note_id is not null
    union all
    select
        dated.connection, dated.source_id, dated.source_updated_at, greatest(dated.recorded_at, dishonour.recorded_at),
        dated.allocation_id || '/' || dishonour.receipt_id, dated.document_id, dishonour.receipt_id,
        dated.kind, dated.instalment_ref, -dated.amount_cny, dishonour.value_date, dated.document_date,
        greatest(dated.known_from, dishonour.known_from), least(dated.known_to, dishonour.known_to)
    from dated
    join core.ledger_receipt as dishonour on dishonour.dishonours_receipt_id = dated.receipt_id
)
select
    allocation_id, moved_document_id as document_id, receipt_id,
    kind, moved_cny::decimal(18, 2) as amount_cny,
    kind in ('cash', 'bank_bill', 'commercial_bill', 'supply_chain_note', 'prepayment_applied') as is_money,
    moved_document_id || '#' || instalment_ref as instalment_id,
    value_date, greatest(value_date, document_date) as effective_date,
    connection, source_id, source_updated_at, recorded_at, known_from, known_to
from moved
where known_to is null or known_from < known_to
