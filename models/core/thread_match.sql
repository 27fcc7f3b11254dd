-- what     Receipts matched to statements, each cent once: by document, by order, and what is left to the customer's statements
--          without a subject, earliest expected date first. METRICS 5.4 (1) to (3).
-- grain    one row per matching, statement and share of a collection
-- key      matching, statement_id, share_id
-- sources  core.collection_share, core.subject_match, core.thread_demand
-- column   matching: the cut-off date, confirmed (FVA-7) or standing (FVA-8, REC-10)
-- column   level: 1 document, 2 order, 3 customer
-- reference statement_id -> core.forecast_statement.statement_id
with recursive customer_thread as (
    select
        dense_rank() over (order by matching, customer_id) as queue,
        row_number() over (partition by matching, customer_id order by expected_date, paid_from, statement_id) as number,
        matching, customer_id, statement_id, amount_cny, paid_from, paid_to
    from core.thread_demand
    where subject_kind = 'none'
),
waiting as (
    select
        queue, matching, customer_id, min(paid_from) as paid_from, max(paid_to) as paid_to,
        max(paid_from) as all_from, min(paid_to) as all_to, sum(amount_cny) as wanted_cny
    from customer_thread group by queue, matching, customer_id
),
used as (
    select matching, share_id, sum(matched_cny) as used_cny from core.subject_match group by matching, share_id
),
-- The threads of a queue take turns: number 1 takes what it may from the oldest receipts, number 2 from what that leaves, ...
round (queue, number, turn, value_date, rest_cny, matched_cny) as (
    select
        waiting.queue, cast(0 as bigint), collection_share.turn, collection_share.value_date,
        (collection_share.amount_cny - coalesce(used.used_cny, 0))::decimal(18, 2), 0::decimal(18, 2)
    from waiting
    join core.collection_share
        on collection_share.customer_id = waiting.customer_id
        and collection_share.value_date between waiting.paid_from and waiting.paid_to
    left join used on used.matching = waiting.matching and used.share_id = collection_share.share_id
    where collection_share.amount_cny > coalesce(used.used_cny, 0)
    union all
    select
        queue, number, turn, value_date,
        (rest_cny - greatest(least(offered_cny, wanted_cny - before_cny), 0))::decimal(18, 2),
        greatest(least(offered_cny, wanted_cny - before_cny), 0)::decimal(18, 2)
    from (
        select
            offer.*, sum(offered_cny) over (partition by queue order by turn) - offered_cny as before_cny
        from (
            select
                round.queue, customer_thread.number, round.turn, round.value_date, round.rest_cny,
                customer_thread.amount_cny as wanted_cny,
                case when round.value_date between customer_thread.paid_from and customer_thread.paid_to
                    then round.rest_cny else 0 end as offered_cny
            from round
            join customer_thread on customer_thread.queue = round.queue and customer_thread.number = round.number + 1
            where round.rest_cny > 0
        ) as offer
    ) as taken
),
matched as (
    select matching, statement_id, share_id, level, matched_cny from core.subject_match
    union all
    select customer_thread.matching, customer_thread.statement_id, collection_share.share_id, 3, round.matched_cny
    from round
    join customer_thread on customer_thread.queue = round.queue and customer_thread.number = round.number
    join core.collection_share on collection_share.turn = round.turn
    where round.matched_cny > 0
)
select
    matched.matching, matched.statement_id, matched.share_id,
    collection_share.collection_id, collection_share.document_id,
    matched.level, matched.matched_cny::decimal(18, 2) as matched_cny,
    collection_share.value_date
from matched
join core.collection_share on collection_share.share_id = matched.share_id
