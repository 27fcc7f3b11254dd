-- what     Risk (风险, HEA-5): 100 less points, never below 0. Live entries, each line once however many records: dishonest debtor or
--          bankruptcy 100, high-consumption limit or serious violation 60, enforcement 50, equity freeze 40, tax arrears 30, abnormal
--          operation 25. Events, halved every 180 days: defendant 10 (at most 30), environmental penalty 15 (30), administrative
--          penalty 10 (20), change of actual controller 10. A check made after the month's end counts for it: a bureau's lists carry
--          dated records, so it tells the month as well. Whether an entry is live is known as of today only.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.bureau_check, core.health_population, core.risk_event
-- column   value: 0 to 100; null if missing
-- column   missing_reason: no_bureau_check: no successful check less than 180 days before the month's end, or later
-- column   override: dishonest_debtor or bankruptcy while such an entry is live; turns the customer red
with checked as (
    select customer_id, max(checked_date) as checked_date from core.bureau_check where is_successful group by customer_id
),
event as (
    select
        health_population.customer_id, health_population.month,
        risk_event.kind, risk_event.is_live,
        power(cast(0.5 as double precision), cast(health_population.month_end - risk_event.event_date as double precision) / 180)
            as weight
    from core.health_population
    join core.risk_event
        on risk_event.customer_id = health_population.customer_id and risk_event.event_date <= health_population.month_end
),
totalled as (
    select
        customer_id, month,
        bool_or(is_live and kind = 'dishonest_debtor') as is_dishonest,
        bool_or(is_live and kind = 'bankruptcy') as is_bankrupt,
        bool_or(is_live and kind in ('high_consumption_limit', 'serious_violation')) as is_limited,
        bool_or(is_live and kind = 'enforcement') as is_enforced,
        bool_or(is_live and kind = 'equity_freeze') as is_frozen,
        bool_or(is_live and kind = 'tax_arrears') as is_in_tax_arrears,
        bool_or(is_live and kind = 'abnormal_operation') as is_abnormal,
        count(*) filter (where is_live and kind in (
            'dishonest_debtor', 'bankruptcy', 'high_consumption_limit', 'serious_violation', 'enforcement', 'equity_freeze',
            'tax_arrears', 'abnormal_operation'
        )) as live_entries,
        count(*) filter (where kind in (
            'defendant', 'environmental_penalty', 'administrative_penalty', 'controller_change'
        )) as events,
        coalesce(sum(weight) filter (where kind = 'defendant'), 0) as defendants,
        coalesce(sum(weight) filter (where kind = 'environmental_penalty'), 0) as environmental_penalties,
        coalesce(sum(weight) filter (where kind = 'administrative_penalty'), 0) as administrative_penalties,
        coalesce(sum(weight) filter (where kind = 'controller_change'), 0) as controller_changes
    from event
    group by customer_id, month
),
pointed as (
    select
        totalled.*,
        case when is_dishonest or is_bankrupt then 100 else 0 end
            + case when is_limited then 60 else 0 end
            + case when is_enforced then 50 else 0 end
            + case when is_frozen then 40 else 0 end
            + case when is_in_tax_arrears then 30 else 0 end
            + case when is_abnormal then 25 else 0 end
            + least(10 * defendants, 30)
            + least(15 * environmental_penalties, 30)
            + least(10 * administrative_penalties, 20)
            + 10 * controller_changes as points
    from totalled
)
select
    health_population.customer_id, health_population.month, 'risk' as indicator,
    case when checked.customer_id is not null then greatest(100 - coalesce(pointed.points, 0), 0) end as value,
    case when checked.customer_id is null then 'no_bureau_check' end as missing_reason,
    case when pointed.is_dishonest then 'dishonest_debtor' when pointed.is_bankrupt then 'bankruptcy' end as override,
    coalesce(pointed.live_entries, 0)::int as live_entries,
    coalesce(pointed.events, 0)::int as events
from core.health_population
left join checked
    on checked.customer_id = health_population.customer_id and checked.checked_date > health_population.month_end - 180
left join pointed on pointed.customer_id = health_population.customer_id and pointed.month = health_population.month
