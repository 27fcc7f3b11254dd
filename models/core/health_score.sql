-- what     Health score, coverage and colour by the month's own data (健康度, HEA-6), and the colour it would have if what is missing were
--          still as last known, to see whether missing data flatters.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.health_indicator, core.health_population, core.health_punctuality, core.health_risk, marts.receivable_balance
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
        cast(known_weight as double precision) / nullif(weight, 0) as coverage,
        case when known_weight * 100 >= weight * 60
            then round(cast(points / nullif(known_weight, 0) as decimal(18, 9)), 1) end as score,
        case when carried_weight * 100 >= weight * 60
            then round(cast(carried_points / nullif(carried_weight, 0) as decimal(18, 9)), 1) end as carried_score
    from weighed
),
overridden as (
    select
        scored.*, health_population.month_number, health_population.month_end,
        coalesce(
            health_risk.override,
            case when health_punctuality.overdue_90_cny >= 50000
                    and health_punctuality.overdue_90_cny >= receivable_balance.gross_cny * 0.3
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
        when score is null then 'grey' when score >= 70 then 'green' when score >= 50 then 'yellow' else 'red'
    end as plain_colour,
    case
        when override_reason is not null then 'red'
        when carried_score is null then 'grey' when carried_score >= 70 then 'green' when carried_score >= 50 then 'yellow' else 'red'
    end as carried_colour,
    override_reason
from overridden
