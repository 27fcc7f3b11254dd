-- what     Which cut-off (截止日) judges which month at which horizon: H1 is the last day before the month, H2 and H3 one and two
--          months earlier. METRICS 5.2. The last 14 months, the running one included.
-- grain    one row per month and horizon
-- key      month, horizon
-- sources  core.calendar
with month as (
    select distinct month_start(day) as month_start from core.calendar where day <= business_today()
),
ranked as (
    select month_start, row_number() over (order by month_start desc) as number from month
),
horizon (horizon, months) as (
    values ('H1', 1), ('H2', 2), ('H3', 3)
)
select
    month_text(ranked.month_start) as month, horizon.horizon,
    ranked.month_start, month_end(ranked.month_start) as month_end,
    month_end(cutoff_month.month_start) as cutoff_date,
    ranked.number = 1 as is_running
from ranked
cross join horizon
join ranked as cutoff_month on cutoff_month.number = ranked.number + horizon.months
where ranked.number <= 14
