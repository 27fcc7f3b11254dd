-- what     Health score, coverage and colour by the month's own data (健康度, HEA-6), and the colour it would have if what is missing were
--          still as last known, to see whether missing data flatters.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.health_indicator, core.health_limit, core.health_population, core.health_punctuality, core.health_risk,
--          marts.receivable_balance
-- column   score: weighted mean of the known indicators, rounded to 0.1 half away from zero; null if coverage is below [60 %]
-- column   coverage: weight of the known indicators / all weight, 0 to 1
-- column   plain_colour: green >= [70], yellow >= [50], red, or grey below [60 %] coverage; red by override
-- column   carried_colour: the same with last known values
-- column   override_reason: dishonest_debtor, bankruptcy, or overdue_90: more than 90 days overdue >= [50,000] and >= [30 %] of gross
with weighed as (
    select
        customer_id, month,
        sum(weight) as weight,
        coalesce(sum(weight) filter (where value is not null), 0) as known_weight,
        coalesce(sum(weight) filter (where last_known_value is not null), 0) as carried_weight,
        sum(weight * value) as points,
        sum(weight * last_known_value) as carried_points
    from core.health_indicator
    group by customer_id, month
),
scored as (
    select
        weighed.*,
        health_limit.green, health_limit.yellow, health_limit.overdue_90_cny, health_limit.overdue_90_percent,
        cast(known_weight as double precision) / nullif(weight, 0) as coverage,
        -- the sums are exact; first to six places, since a third of a point is not
        case when known_weight * 100 >= weight * health_limit.coverage
            then round(round(cast(cast(points as double precision) / nullif(known_weight, 0) as decimal(18, 9)), 6), 1)
        end as score,
        case when carried_weight * 100 >= weight * health_limit.coverage
            then round(round(cast(cast(carried_points as double precision) / nullif(carried_weight, 0) as decimal(18, 9)), 6), 1)
        end as carried_score
    from weighed
    cross join core.health_limit
),
overridden as (
    select
        scored.*, health_population.month_number, health_population.month_end,
        coalesce(
            health_risk.override,
            case when health_punctuality.overdue_90_cny > 0
                    and health_punctuality.overdue_90_cny >= scored.overdue_90_cny
                    and cast(health_punctuality.overdue_90_cny as decimal(20, 2)) * 100
                        >= receivable_balance.gross_cny * cast(scored.overdue_90_percent as decimal(20, 6))
                then 'overdue_90' end
        ) as override_reason
    from scored
    join core.health_population on health_population.customer_id = scored.customer_id and health_population.month = scored.month
    join core.health_risk on health_risk.customer_id = scored.customer_id and health_risk.month = scored.month
    join core.health_punctuality
        on health_punctuality.customer_id = scored.customer_id and health_punctuality.month = scored.month
    left join marts.receivable_balance
        on receivable_balance.customer_id = scored.customer_id and receivable_balance.as_of_date = health_population.month_end
)
select
    customer_id, month, month_number, month_end,
    cast(score as double precision) as score,
    coverage,
    case
        when override_reason is not null then 'red'
        when score is null then 'grey' when score >= green then 'green' when score >= yellow then 'yellow' else 'red'
    end as plain_colour,
    case
        when override_reason is not null then 'red'
        when carried_score is null then 'grey' when carried_score >= green then 'green' when carried_score >= yellow then 'yellow'
        else 'red'
    end as carried_colour,
    override_reason
from overridden
