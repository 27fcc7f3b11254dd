-- what     What relieved which open item (结清): allocations of every kind, spread over the items of their document in the order they
--          fall due; an undone one (negative) gives back what was relieved last. METRICS 3.2, 3.3.
-- grain    one row per allocation and open item
-- key      settlement_id
-- sources  core.allocation, core.open_item, core.receivable_document
-- column   amount_cny: open = the item's amount - its settlements; negative on credit notes
-- column   is_money: paid by a receipt (cash or bill); the receipt's amount is used up by it
-- reference item_id -> core.open_item.item_id
-- reference receipt_id -> core.receipt.receipt_id
-- reference document_id -> core.receivable_document.document_id
-- incremental  key document_id; changed since core.allocation, core.open_item, core.receivable_document
with signed as (
    select allocation.*, case when receivable_document.amount_cny < 0 then -1 else 1 end as sign
    from core.allocation
    join core.receivable_document on receivable_document.document_id = allocation.document_id
),
reached as (
    select
        signed.*, amount_cny * sign as moved_cny,
        sum(greatest(amount_cny * sign, 0)) over (partition by document_id order by effective_date, allocation_id) as paid_cny,
        sum(greatest(amount_cny * sign, 0)) over (partition by document_id) as all_paid_cny,
        sum(least(amount_cny * sign, 0)) over (partition by document_id order by effective_date, allocation_id) as undone_cny
    from signed
),
stretch as ( -- the part of the document's amount an allocation moves: paid upwards from 0, undone downwards from the top
    select
        reached.*,
        case when moved_cny > 0 then paid_cny - moved_cny else all_paid_cny + undone_cny end as low_cny,
        case when moved_cny > 0 then paid_cny else all_paid_cny + undone_cny - moved_cny end as high_cny
    from reached
),
sized as (
    select
        open_item.item_id, open_item.document_id, open_item.customer_id,
        open_item.effective_due_date, open_item.is_retention,
        greatest(open_item.amount_cny * case when receivable_document.amount_cny < 0 then -1 else 1 end, 0) as width_cny
    from core.open_item
    join core.receivable_document on receivable_document.document_id = open_item.document_id
),
ranked as (
    select
        sized.*,
        sum(width_cny) over (partition by document_id order by effective_due_date, is_retention, item_id) as to_cny,
        row_number() over (partition by document_id order by effective_due_date, is_retention, item_id) as number,
        count(*) over (partition by document_id) as items
    from sized
),
item as ( -- what is too much or too little lands on the last and first item, so that no cent is lost
    select
        item_id, document_id, customer_id,
        case when number = 1 then -999999999999 else to_cny - width_cny end as from_cny,
        case when number = items then 999999999999 else to_cny end as to_cny
    from ranked
),
placed as (
    select
        stretch.*, item.item_id, item.customer_id,
        least(stretch.high_cny, item.to_cny) - greatest(stretch.low_cny, item.from_cny) as placed_cny
    from stretch
    join item on item.document_id = stretch.document_id and stretch.low_cny < item.to_cny and stretch.high_cny > item.from_cny
)
select
    allocation_id || '/' || item_id as settlement_id,
    item_id, document_id, receipt_id, customer_id, kind,
    (case when amount_cny < 0 then -placed_cny else placed_cny end)::decimal(18, 2) as amount_cny,
    is_money, value_date, effective_date,
    connection, source_id, source_updated_at, recorded_at
from placed
