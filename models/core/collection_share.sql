-- what     Which document each part of a collection was allocated to (核销), and the part without one; as METRICS 5.4 needs it. What
--          the ERP has not allocated yet goes where the hub has matched it.
-- grain    one row per collection and document of the same customer; document_id null for the rest
-- key      share_id
-- sources  core.cash_match, core.collection, core.receipt_bank_line, core.receivable_document, core.settlement
-- column   turn: order in which shares are handed out: oldest first
-- column   amount_cny: positive; the shares of a collection add up to it. Refunds and dishonours have none
with paid_by as (
    select collection.collection_id, coalesce(receipt_bank_line.receipt_id, collection.receipt_id) as receipt_id
    from core.collection
    left join core.receipt_bank_line on receipt_bank_line.bank_transaction_id = collection.bank_transaction_id
    where collection.amount_cny > 0
),
in_erp as (
    select
        paid_by.collection_id, settlement.document_id,
        sum(settlement.amount_cny) as amount_cny, min(settlement.effective_date) as effective_date
    from paid_by
    join core.collection on collection.collection_id = paid_by.collection_id
    join core.settlement
        on settlement.receipt_id = paid_by.receipt_id and settlement.is_money
        and settlement.customer_id = collection.customer_id
    group by paid_by.collection_id, settlement.document_id
    having sum(settlement.amount_cny) > 0
),
in_hub as (
    select
        collection.collection_id, cash_match.document_id,
        sum(cash_match.amount_cny) as amount_cny, min(collection.value_date) as effective_date
    from core.collection
    join core.cash_match
        on cash_match.bank_transaction_id = collection.bank_transaction_id
        and cash_match.customer_id = collection.customer_id
    where collection.amount_cny > 0 and cash_match.erp_state = 'pending'
        and cash_match.kind = 'cash' and cash_match.document_id is not null
    group by collection.collection_id, cash_match.document_id
),
allocated as ( -- the ERP's word first, of the hub's what goes beyond it
    select collection_id, document_id, amount_cny, effective_date, 1 as place from in_erp
    union all
    select
        in_hub.collection_id, in_hub.document_id, in_hub.amount_cny - coalesce(in_erp.amount_cny, 0), in_hub.effective_date, 2
    from in_hub
    left join in_erp on in_erp.collection_id = in_hub.collection_id and in_erp.document_id = in_hub.document_id
    where in_hub.amount_cny > coalesce(in_erp.amount_cny, 0)
),
reached as (
    select
        collection.collection_id, allocated.document_id, allocated.amount_cny,
        collection.amount_cny as collected_cny,
        sum(allocated.amount_cny) over (
            partition by collection.collection_id
            order by allocated.place, allocated.effective_date, allocated.document_id
            rows unbounded preceding) as to_cny
    from allocated
    join core.collection on collection.collection_id = allocated.collection_id
),
part as ( -- never more than came: a bank fee may leave less on the bank line than the ERP allocated
    select collection_id, document_id, least(to_cny, collected_cny) - (to_cny - amount_cny) as amount_cny
    from reached
    where to_cny - amount_cny < collected_cny
),
share as (
    select collection_id, document_id, sum(amount_cny) as amount_cny from part group by collection_id, document_id
),
shared as (
    select collection_id, sum(amount_cny) as amount_cny from share group by collection_id
),
complete as (
    select collection_id, document_id, amount_cny from share
    union all
    select collection.collection_id, null, collection.amount_cny - coalesce(shared.amount_cny, 0)
    from core.collection
    left join shared on shared.collection_id = collection.collection_id
    where collection.amount_cny > coalesce(shared.amount_cny, 0)
)
select
    complete.collection_id || '/' || coalesce(complete.document_id, '') as share_id,
    complete.collection_id, collection.customer_id, complete.document_id,
    receivable_document.number as document_number, receivable_document.order_number,
    row_number() over (order by collection.value_date, complete.collection_id, complete.document_id nulls last) as turn,
    complete.amount_cny::decimal(18, 2) as amount_cny, collection.value_date
from complete
join core.collection on collection.collection_id = complete.collection_id
left join core.receivable_document on receivable_document.document_id = complete.document_id
where collection.amount_cny > 0
