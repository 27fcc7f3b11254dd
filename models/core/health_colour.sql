-- what     The colour of each month after "missing must not flatter" (METRICS 8): a colour may be better than last month's only as far as
--          what was last known of the missing data allows; else it is held at the better of the two, month after month while the data is
--          missing. Grey is no better and no worse colour: what comes after it is compared with the last month that had one.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.health_score
-- column   colour: green, yellow, red or grey
-- column   override_reason: dishonest_debtor, bankruptcy, overdue_90 or held
-- accepted colour: green, yellow, red, grey
-- accepted override_reason: dishonest_debtor, bankruptcy, overdue_90, held
with recursive ranked as (
    select
        customer_id, month_number,
        case plain_colour when 'green' then 3 when 'yellow' then 2 when 'red' then 1 else 0 end as plain_rank,
        case carried_colour when 'green' then 3 when 'yellow' then 2 when 'red' then 1 else 0 end as carried_rank
    from core.health_score
),
walk (customer_id, month_number, plain_rank, shown_rank, last_rank) as ( -- last_rank: of the last month with a colour, else 0
    select ranked.customer_id, ranked.month_number, ranked.plain_rank, ranked.plain_rank, ranked.plain_rank
    from ranked
    left join ranked as before on before.customer_id = ranked.customer_id and before.month_number = ranked.month_number - 1
    where before.customer_id is null
    union all
    select
        ranked.customer_id, ranked.month_number, ranked.plain_rank,
        case when walk.last_rank = 0 then ranked.plain_rank -- nothing to compare with
            else least(ranked.plain_rank, greatest(ranked.carried_rank, walk.last_rank)) end,
        case
            when ranked.plain_rank = 0 then walk.last_rank
            when walk.last_rank = 0 then ranked.plain_rank
            else least(ranked.plain_rank, greatest(ranked.carried_rank, walk.last_rank))
        end
    from walk
    join ranked on ranked.customer_id = walk.customer_id and ranked.month_number = walk.month_number + 1
)
select
    health_score.customer_id, health_score.month, health_score.month_end,
    health_score.score, health_score.coverage,
    case walk.shown_rank when 3 then 'green' when 2 then 'yellow' when 1 then 'red' else 'grey' end as colour,
    case when walk.shown_rank < walk.plain_rank then 'held' else health_score.override_reason end as override_reason
from walk
join core.health_score on health_score.customer_id = walk.customer_id and health_score.month_number = walk.month_number
