-- what     The months for which customer health is computed: the 13 last complete ones and the running one, as of today. METRICS 8.
-- grain    one row per month
-- key      month
-- sources  (none)
-- column   month_end: the as-of day: the month's last day, in the running month business_today()
-- column   half_year_start: first day of the 6 months that end with month_end
-- column   year_start: first day of the 12 months that end with month_end
-- column   month_number: 1 for the oldest
with step as (
    select months_back, cast(month_start(business_today()) - months_back * interval '1 month' as date) as first_day
    from generate_series(0, 13) as series (months_back)
),
dated as (
    select months_back, case when months_back = 0 then business_today() else month_end(first_day) end as month_end from step
)
select
    month_text(month_end) as month,
    (14 - months_back)::int as month_number,
    months_back = 0 as is_running,
    month_end,
    cast(month_end + 1 - interval '6 months' as date) as half_year_start,
    cast(month_end + 1 - interval '12 months' as date) as year_start
from dated
