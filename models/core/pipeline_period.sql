-- what     The periods over which the change of the pipeline is kept (漏斗变动): since Monday and others that people ask for. METRICS FUN-9.
-- grain    one row per period
-- key      period
-- sources
-- column   period: week (since Monday 00:00; on Mondays since the Monday before), last_week, month, last_month, quarter
-- column   from_date: first day; t0 is its 00:00
-- column   to_date: last day; t1 is its end
with today as (
    select
        business_today() as day,
        cast(date_trunc('week', cast(business_today() - 1 as timestamp)) as date) as monday,
        cast(date_trunc('quarter', cast(business_today() as timestamp)) as date) as quarter_start
)
select 'week' as period, monday as from_date, day as to_date from today
union all
select 'last_week', monday - 7, monday - 1 from today
union all
select 'month', month_start(day), day from today
union all
select 'last_month', month_start(month_start(day) - 1), month_start(day) - 1 from today
union all
select 'quarter', quarter_start, day from today
