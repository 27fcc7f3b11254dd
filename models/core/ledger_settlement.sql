-- what     What relieved which open item (结清), as it was known from when to when: allocations of every kind go to the instalment they
--          name, else to the items of their document in the order they fall due; an undone one (negative) gives back what was
--          relieved last. METRICS 0.2, 3.2, 3.3.
-- grain    one row per allocation, open item and period in which the document's ledger was known to be one thing
-- key      settlement_id, known_from
-- sources  core.ledger_allocation, core.ledger_item
-- column   amount_cny: open = the item's amount - its settlements; negative on credit notes
-- column   is_money: paid by a receipt (cash or bill); the receipt's amount is used up by it
-- column   recorded_at: when the allocation was entered
-- column   known_from: when the document's ledger was known to be so, UTC
-- column   known_to: when it was known to be otherwise, UTC; null while it stands
-- incremental  key document_id; changed since core.ledger_allocation, core.ledger_item
with moment as (
    select document_id, known_from as seen_at from core.ledger_allocation
    union
    select document_id, known_to from core.ledger_allocation where known_to is not null
    union
    select document_id, known_from from core.ledger_item
    union
    select document_id, known_to from core.ledger_item where known_to is not null
),
version as (
    select document_id, seen_at, lead(seen_at) over (partition by document_id order by seen_at) as until from moment
),
standing as ( -- the items of each version
    select
        version.document_id, version.seen_at, version.until, ledger_item.item_id, ledger_item.customer_id,
        ledger_item.effective_due_date, ledger_item.is_retention, ledger_item.amount_cny,
        case when sum(ledger_item.amount_cny) over (partition by version.document_id, version.seen_at) < 0 then -1 else 1 end as sign
    from version
    join core.ledger_item
        on ledger_item.document_id = version.document_id
        and ledger_item.known_from <= version.seen_at and coalesce(ledger_item.known_to > version.seen_at, true)
),
ranked as (
    select
        standing.*, greatest(amount_cny * sign, 0) as width_cny,
        sum(greatest(amount_cny * sign, 0)) over (
            partition by document_id, seen_at order by effective_due_date, is_retention, item_id
        ) as to_cny,
        row_number() over (partition by document_id, seen_at order by effective_due_date, is_retention, item_id) as number,
        count(*) over (partition by document_id, seen_at) as items
    from standing
),
item as ( -- what is too much or too little lands on the last and first item, so that no cent is lost
    select
        document_id, seen_at, item_id, customer_id, sign,
        case when number = 1 then -999999999999 else to_cny - width_cny end as from_cny,
        case when number = items then 999999999999 else to_cny end as to_cny
    from ranked
),
given as (
    select version.seen_at, version.until, ledger_allocation.*, standing.item_id as named_item_id, standing.customer_id as named_customer_id
    from version
    join core.ledger_allocation
        on ledger_allocation.document_id = version.document_id
        and ledger_allocation.known_from <= version.seen_at and coalesce(ledger_allocation.known_to > version.seen_at, true)
    left join standing
        on standing.document_id = version.document_id and standing.seen_at = version.seen_at
        and standing.item_id = ledger_allocation.instalment_id
),
document as (
    select document_id, seen_at, max(sign) as sign from standing group by document_id, seen_at
),
reached as ( -- how far the document is paid before and after each allocation
    select
        given.*, given.amount_cny * document.sign as moved_cny,
        sum(given.amount_cny * document.sign) over (
            partition by given.document_id, given.seen_at order by given.effective_date, given.allocation_id
        ) as level_cny
    from given
    join document on document.document_id = given.document_id and document.seen_at = given.seen_at
    where given.named_item_id is null
),
placed as (
    select
        reached.*, item.item_id, item.customer_id,
        least(greatest(level_cny, level_cny - moved_cny), item.to_cny)
            - greatest(least(level_cny, level_cny - moved_cny), item.from_cny) as placed_cny
    from reached
    join item
        on item.document_id = reached.document_id and item.seen_at = reached.seen_at
        and least(level_cny, level_cny - moved_cny) < item.to_cny and greatest(level_cny, level_cny - moved_cny) > item.from_cny
)
select
    allocation_id || '/' || item_id as settlement_id,
    allocation_id, item_id, document_id, receipt_id, customer_id, kind,
    (case when amount_cny < 0 then -placed_cny else placed_cny end)::decimal(18, 2) as amount_cny,
    is_money, value_date, effective_date,
    connection, source_id, source_updated_at, recorded_at, seen_at as known_from, until as known_to
from placed
union all
select
    allocation_id || '/' || named_item_id,
    allocation_id, named_item_id, document_id, receipt_id, named_customer_id, kind, amount_cny,
    is_money, value_date, effective_date,
    connection, source_id, source_updated_at, recorded_at, seen_at, until
from given
where named_item_id is not null
