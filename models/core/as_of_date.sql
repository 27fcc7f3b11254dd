-- what     The days on which balances are shown: the last 25 month ends and the as-of day of the build.
-- grain    one row per day
-- key      as_of_date
-- sources  core.calendar
with past as (
    select
        day, row_number() over (order by day desc) as number
    from core.calendar
    where day = month_end(day) and day < business_today()
)
select day as as_of_date from past where number <= 25
union all
select business_today()
