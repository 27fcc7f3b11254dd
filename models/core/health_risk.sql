-- what     Risk (风险, HEA-5): 100 less points, never below 0. Live entries, each line once however many records: dishonest debtor or
--          bankruptcy, high-consumption limit or serious violation, enforcement, equity freeze, tax arrears, abnormal operation. Events,
--          halved every [180] days: defendant, environmental and administrative penalties, each up to its cap, change of actual
--          controller. Points and caps: core.health_setting. A check made after the month's end counts for it: a bureau's lists carry
--          dated records, so it tells the month as well. Whether an entry is live is known as of today only.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.bureau_check, core.health_limit, core.health_population, core.health_setting, core.risk_event
-- column   value: 0 to 100; null if missing
-- column   missing_reason: no_bureau_check: no successful check less than [180] days before the month's end, or later
-- column   override: dishonest_debtor or bankruptcy while such an entry is live; turns the customer red
with checked as (
    select customer_id, max(checked_date) as checked_date from core.bureau_check where is_successful group by customer_id
),
event as (
    select
        health_population.customer_id, health_population.month,
        risk_event.kind, risk_event.is_live,
        risk_event.kind in ('defendant', 'environmental_penalty', 'administrative_penalty', 'controller_change') as is_fading,
        case
            when risk_event.kind in ('dishonest_debtor', 'bankruptcy') then 'insolvent'
            when risk_event.kind in ('high_consumption_limit', 'serious_violation') then 'limited'
            else risk_event.kind
        end as line,
        points.value as points, cap.value as cap,
        -- as a decimal: sums of doubles differ between engines in the last digit
        cast(power(
            cast(0.5 as double precision),
            cast(health_population.month_end - risk_event.event_date as double precision) / health_limit.half_life_days
        ) as decimal(20, 9)) as weight
    from core.health_population
    cross join core.health_limit
    join core.risk_event
        on risk_event.customer_id = health_population.customer_id and risk_event.event_date <= health_population.month_end
    join core.health_setting as points on points.part = 'risk' and points.name = risk_event.kind
    left join core.health_setting as cap on cap.part = 'risk_cap' and cap.name = risk_event.kind
),
line_points as (
    select
        customer_id, month, is_fading, line,
        case when is_fading then least(sum(points * weight), coalesce(max(cap), sum(points * weight)))
            else max(points) end as points,
        count(*) as entries,
        bool_or(kind = 'dishonest_debtor' and not is_fading) as is_dishonest,
        bool_or(kind = 'bankruptcy' and not is_fading) as is_bankrupt
    from event
    where is_fading or is_live
    group by customer_id, month, is_fading, line
),
totalled as (
    select
        customer_id, month,
        sum(points) as points,
        sum(entries) filter (where not is_fading) as live_entries,
        sum(entries) filter (where is_fading) as events,
        bool_or(is_dishonest) as is_dishonest, bool_or(is_bankrupt) as is_bankrupt
    from line_points
    group by customer_id, month
)
select
    health_population.customer_id, health_population.month, 'risk' as indicator,
    case when checked.customer_id is not null
        then cast(greatest(100 - coalesce(totalled.points, 0), 0) as double precision) end as value,
    case when checked.customer_id is null then 'no_bureau_check' end as missing_reason,
    case when totalled.is_dishonest then 'dishonest_debtor' when totalled.is_bankrupt then 'bankruptcy' end as override,
    coalesce(totalled.live_entries, 0)::int as live_entries,
    coalesce(totalled.events, 0)::int as events
from core.health_population
cross join core.health_limit
left join checked
    on checked.customer_id = health_population.customer_id
    and checked.checked_date > health_population.month_end - health_limit.bureau_days
left join totalled on totalled.customer_id = health_population.customer_id and totalled.month = health_population.month
