-- what     Which cut-off (截止日) judges which month: H1 is the last day before the month, H2 and H3 one and two months earlier, for the
--          last 14 months, the running one included; and of the last 13 weeks each Sunday, for the month after it and the next
--          one. METRICS 5.2.
-- grain    one row per month and horizon
-- key      month, horizon
-- sources  core.calendar
-- column   horizon: H1, H2, H3, or the Sunday itself
-- column   window_start: the first day whose collections are compared: the month's first, or the day after a cut-off within it
with month as (
    select distinct month_start(day) as month_start from core.calendar where day <= business_today()
),
ranked as (
    select month_start, row_number() over (order by month_start desc) as number from month
),
horizon (horizon, months) as (
    values ('H1', 1), ('H2', 2), ('H3', 3)
),
sunday as (
    select day as cutoff_date
    from core.calendar
    where extract(isodow from day) = 7 and day < business_today() and day >= business_today() - 91
),
cutoff as (
    select
        ranked.month_start, horizon.horizon, month_end(cutoff_month.month_start) as cutoff_date,
        false as is_weekly, ranked.number = 1 as is_running
    from ranked
    cross join horizon
    join ranked as cutoff_month on cutoff_month.number = ranked.number + horizon.months
    where ranked.number <= 14
    union all
    select ranked.month_start, cast(sunday.cutoff_date as varchar), sunday.cutoff_date, true, ranked.number = 1
    from sunday
    join ranked
        on ranked.month_start between month_start(sunday.cutoff_date + 1) and month_end(sunday.cutoff_date + 1) + 1
)
select
    month_text(month_start) as month, horizon,
    month_start, month_end(month_start) as month_end,
    greatest(month_start, cast(cutoff_date + 1 as date)) as window_start,
    cutoff_date, is_weekly, is_running
from cutoff
