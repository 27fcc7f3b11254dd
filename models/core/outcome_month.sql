-- what     What the hub is measured by, month by month (成效指标): sales cycle FUN-7, repeat share CUS-1, retention CUS-2, hours of manual
--          statistics PEO-5. D5 of the requirements.
-- grain    one row per measure and month
-- key      measure, month
-- sources  core.calendar, core.reported_hours, marts.customer_year, marts.funnel_result, marts.order_flow
-- column   measure: sales_cycle (days), repeat_share, retention, retention_by_value (0 to 1) or admin_hours (persons: hours of a workday's 8)
-- column   numerator, denominator: the value is the one over the other; over several months, their sums
-- column   middle: the median where the definition has one; else null
-- column   cases: how many opportunities, orders, customers or reports are behind it
-- accepted measure: sales_cycle, repeat_share, retention, retention_by_value, admin_hours
with won as (
    select month, sum(cast(cycle_days as decimal(18, 2))) as days, count(*) as won,
        percentile_cont(0.5) within group (order by cycle_days) as middle
    from marts.funnel_result
    where result = 'won' and cycle_days is not null and closed_date <= business_today()
    group by month
),
ordered as (
    select month, sum(amount_cny) as intake_cny, sum(case when is_repeat then amount_cny else 0 end) as repeat_cny, count(*) as lines
    from marts.order_flow where kind = 'intake' group by month
),
kept as ( -- of today's month as it stands today
    select month, count(*) as customers, sum(case when is_retained then 1 else 0 end) as retained,
        sum(earlier_cny) as earlier_cny, sum(retained_cny) as retained_cny
    from marts.customer_year where is_earlier group by month
),
workday as (
    select month_text(day) as month, count(*) as workdays from core.calendar where is_workday group by month_text(day)
),
reported as (
    select month, sum(hours) as hours, count(*) as reports from core.reported_hours group by month
),
measured (measure, month, numerator, denominator, middle, cases) as (
    select 'sales_cycle', month, days, won, middle, won from won
    union all
    select 'repeat_share', month, repeat_cny, intake_cny, null, lines from ordered
    union all
    select 'retention', month, retained, customers, null, customers from kept
    union all
    select 'retention_by_value', month, retained_cny, earlier_cny, null, customers from kept
    union all
    select 'admin_hours', reported.month, reported.hours, workday.workdays * 8, null, reported.reports
    from reported join workday on workday.month = reported.month
)
select
    measure, month,
    cast(numerator as decimal(24, 4)) as numerator, cast(denominator as decimal(24, 4)) as denominator,
    cast(middle as double precision) as middle, cast(cases as int) as cases
from measured
