-- what     Receipts matched to statements, each cent once: by document, by order, and what is left to the customer's statements
--          without a subject, earliest expected date first. METRICS 5.4 (1) to (3).
-- grain    one row per matching, statement and share of a collection
-- key      matching, statement_id, share_id
-- sources  core.collection_share, core.subject_match, core.thread_demand
-- column   matching: the cut-off date, or confirmed (FVA-7)
-- column   level: 1 document, 2 order, 3 customer
with recursive customer_thread as (
    select
        matching, statement_id, customer_id, amount_cny, paid_from, paid_to,
        row_number() over (partition by matching, customer_id order by expected_date, paid_from, statement_id) as number
    from core.thread_demand
    where subject_kind = 'none'
),
waiting_customer as (
    select matching, customer_id, min(paid_from) as paid_from, max(paid_to) as paid_to
    from customer_thread group by matching, customer_id
),
used as (
    select matching, share_id, sum(matched_cny) as used_cny from core.subject_match group by matching, share_id
),
-- The threads of a customer take turns: number 1 takes what it may from the oldest receipts, number 2 from what that leaves, ...
turn (number, matching, customer_id, share_id, value_date, rest_cny, statement_id, matched_cny) as (
    select
        cast(0 as bigint), waiting_customer.matching, waiting_customer.customer_id, collection_share.share_id, collection_share.value_date,
        (collection_share.amount_cny - coalesce(used.used_cny, 0))::decimal(38, 2),
        cast(null as varchar), cast(0 as decimal(38, 2))
    from waiting_customer
    join core.collection_share
        on collection_share.customer_id = waiting_customer.customer_id
        and collection_share.value_date between waiting_customer.paid_from and waiting_customer.paid_to
    left join used on used.matching = waiting_customer.matching and used.share_id = collection_share.share_id
    where collection_share.amount_cny > coalesce(used.used_cny, 0)
    union all
    select
        taken.number, taken.matching, taken.customer_id, taken.share_id, taken.value_date,
        (taken.rest_cny - taken.matched_cny)::decimal(38, 2), taken.statement_id, taken.matched_cny::decimal(38, 2)
    from (
        select
            offered.*, greatest(least(offered_cny, wanted_cny - (to_cny - offered_cny)), 0) as matched_cny
        from (
            select
                customer_thread.number, customer_thread.statement_id, customer_thread.amount_cny as wanted_cny,
                turn.matching, turn.customer_id, turn.share_id, turn.value_date, turn.rest_cny,
                case when turn.value_date between customer_thread.paid_from and customer_thread.paid_to
                    then turn.rest_cny else 0 end as offered_cny,
                sum(case when turn.value_date between customer_thread.paid_from and customer_thread.paid_to
                    then turn.rest_cny else 0 end) over (
                    partition by turn.matching, turn.customer_id order by turn.value_date, turn.share_id) as to_cny
            from turn
            join customer_thread
                on customer_thread.matching = turn.matching and customer_thread.customer_id = turn.customer_id
                and customer_thread.number = turn.number + 1
            where turn.rest_cny > 0
        ) as offered
    ) as taken
),
matched as (
    select matching, statement_id, share_id, level, matched_cny from core.subject_match
    union all
    select matching, statement_id, share_id, 3, matched_cny from turn where matched_cny > 0
)
select
    matched.matching, matched.statement_id, matched.share_id,
    collection_share.collection_id, collection_share.document_id,
    matched.level, matched.matched_cny::decimal(18, 2) as matched_cny,
    collection_share.value_date
from matched
join core.collection_share on collection_share.share_id = matched.share_id
