-- what     The colour of each month after "missing must not flatter" (METRICS 8): where a better colour than last month's comes from
--          missing data only (with what was last known it would not be better), last month's colour is held, month after month while the
--          data is missing. Grey is no better and no worse colour.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.health_score
-- column   colour: green, yellow, red or grey
-- column   override_reason: dishonest_debtor, bankruptcy, overdue_90 or held
with recursive ranked as (
    select
        customer_id, month_number, plain_colour,
        case plain_colour when 'green' then 3 when 'yellow' then 2 when 'red' then 1 end as plain_rank,
        case carried_colour when 'green' then 3 when 'yellow' then 2 when 'red' then 1 else 0 end as carried_rank
    from core.health_score
),
walk (customer_id, month_number, colour, is_held) as (
    select ranked.customer_id, ranked.month_number, ranked.plain_colour, false
    from ranked
    left join ranked as before on before.customer_id = ranked.customer_id and before.month_number = ranked.month_number - 1
    where before.customer_id is null
    union all
    select customer_id, month_number, case when is_held then before_colour else plain_colour end, is_held
    from (
        select
            ranked.customer_id, ranked.month_number, ranked.plain_colour, walk.colour as before_colour,
            case walk.colour
                when 'red' then ranked.plain_rank > 1 and ranked.carried_rank <= 1
                when 'yellow' then ranked.plain_rank > 2 and ranked.carried_rank <= 2
                else false
            end is true as is_held
        from walk
        join ranked on ranked.customer_id = walk.customer_id and ranked.month_number = walk.month_number + 1
    ) as next_month
)
select
    health_score.customer_id, health_score.month, health_score.month_end,
    health_score.score, health_score.coverage,
    walk.colour,
    case when walk.is_held then 'held' else health_score.override_reason end as override_reason
from walk
join core.health_score on health_score.customer_id = walk.customer_id and health_score.month_number = walk.month_number
