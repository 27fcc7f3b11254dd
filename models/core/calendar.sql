-- what     Workdays and days off (工作日历) with the public holidays and make-up workdays of METRICS section 1, and the company's own
--          days (factory closed, Saturday worked), which come before them: `calendar` in millrace.yaml.
--          add_workdays(d, n) is the workday whose index is the index of d plus n.
-- grain    one row per day, 2022-01-01 to 2028-12-31
-- key      day
-- sources  ops.calendar_override, seeds.holiday
-- column   is_closure: inside a public holiday's range, its weekend days included, or closed by the company itself
-- column   is_provisional: no notice of the State Council covers the year in our table; weekends only
-- column   effective_day: the day itself if a workday, else the next workday (Civil Code Art. 203)
-- column   workday_index: workdays since 2022-01-01 up to and including the day
-- column   override_reason: why the company's own calendar differs; null on all other days
with day as (
    select date '2022-01-01' + cast(number as int) as day from generate_series(0, 2556) as numbers(number)
),
announced as (
    select
        day.day,
        bool_or(holiday.kind = 'off') as is_off,
        bool_or(holiday.kind = 'make_up') as is_make_up
    from day
    join seeds.holiday on day.day between holiday.from_day and holiday.to_day
    group by day.day
),
known as (
    select min(from_day) as first_day, max(year) as last_year from seeds.holiday
),
marked as (
    select
        day.day,
        coalesce(
            calendar_override.is_workday,
            coalesce(announced.is_make_up, false) or (extract(isodow from day.day) <= 5 and not coalesce(announced.is_off, false))
        ) as is_workday,
        coalesce(not calendar_override.is_workday, announced.is_off, false) as is_closure,
        calendar_override.reason as override_reason,
        day.day < known.first_day or extract(year from day.day) > known.last_year as is_provisional
    from day
    cross join known
    left join announced on announced.day = day.day
    left join ops.calendar_override on calendar_override.day = day.day
)
select
    day, is_workday, is_closure, is_provisional,
    coalesce(min(case when is_workday then day end) over (order by day rows between current row and unbounded following), day)
        as effective_day,
    cast(sum(case when is_workday then 1 else 0 end) over (order by day) as int) as workday_index,
    override_reason
from marked
