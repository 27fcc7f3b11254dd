-- what     Receipts matched to the statements about their document, then about their order: METRICS 5.4 (1) and (2).
-- grain    one row per matching, statement and share of a collection
-- key      matching, statement_id, share_id
-- sources  core.collection_share, core.thread_demand
-- column   level: 1 document, 2 order
with document_queue as (
    select
        thread_demand.matching, thread_demand.statement_id, collection_share.share_id,
        thread_demand.amount_cny as wanted_cny, collection_share.amount_cny,
        sum(collection_share.amount_cny) over (
            partition by thread_demand.matching, thread_demand.statement_id
            order by collection_share.turn) as to_cny
    from core.thread_demand
    join core.collection_share
        on collection_share.customer_id = thread_demand.customer_id
        and collection_share.document_number = thread_demand.subject_number
        and collection_share.value_date between thread_demand.paid_from and thread_demand.paid_to
    where thread_demand.subject_kind = 'document'
),
document_match as (
    select matching, statement_id, share_id, least(to_cny, wanted_cny) - (to_cny - amount_cny) as matched_cny
    from document_queue
    where to_cny - amount_cny < wanted_cny
),
used as (
    select matching, share_id, sum(matched_cny) as used_cny from document_match group by matching, share_id
),
order_rest as (
    select
        thread_demand.matching, thread_demand.statement_id, collection_share.share_id, collection_share.turn,
        thread_demand.amount_cny as wanted_cny,
        collection_share.amount_cny - coalesce(used.used_cny, 0) as amount_cny
    from core.thread_demand
    join core.collection_share
        on collection_share.customer_id = thread_demand.customer_id
        and collection_share.order_number = thread_demand.subject_number
        and collection_share.value_date between thread_demand.paid_from and thread_demand.paid_to
    left join used on used.matching = thread_demand.matching and used.share_id = collection_share.share_id
    where thread_demand.subject_kind = 'order'
),
order_queue as (
    select
        order_rest.*,
        sum(amount_cny) over (partition by matching, statement_id order by turn) as to_cny
    from order_rest
    where amount_cny > 0
)
select matching, statement_id, share_id, 1 as level, matched_cny::decimal(18, 2) as matched_cny
from document_match
union all
select matching, statement_id, share_id, 2, (least(to_cny, wanted_cny) - (to_cny - amount_cny))::decimal(18, 2)
from order_queue
where to_cny - amount_cny < wanted_cny
