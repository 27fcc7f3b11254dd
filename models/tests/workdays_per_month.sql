-- what     Each month of 2024 to 2026 has the workdays that METRICS section 1 lists, the company's own days aside.
-- sources  core.calendar
with expected (month, workdays) as (
    values
        ('2024-01', 22), ('2024-02', 18), ('2024-03', 21), ('2024-04', 22), ('2024-05', 21), ('2024-06', 19),
        ('2024-07', 23), ('2024-08', 22), ('2024-09', 21), ('2024-10', 19), ('2024-11', 21), ('2024-12', 22),
        ('2025-01', 19), ('2025-02', 19), ('2025-03', 21), ('2025-04', 22), ('2025-05', 19), ('2025-06', 20),
        ('2025-07', 23), ('2025-08', 21), ('2025-09', 23), ('2025-10', 18), ('2025-11', 20), ('2025-12', 23),
        ('2026-01', 21), ('2026-02', 16), ('2026-03', 22), ('2026-04', 21), ('2026-05', 19), ('2026-06', 21),
        ('2026-07', 23), ('2026-08', 21), ('2026-09', 22), ('2026-10', 18), ('2026-11', 21), ('2026-12', 23)
),
counted as (
    select
        month_text(day) as month, count(*) filter (where is_workday) as workdays,
        count(*) filter (where override_reason is not null) as own_days
    from core.calendar
    group by month_text(day)
)
select expected.month, expected.workdays, counted.workdays as counted_workdays
from expected
left join counted on counted.month = expected.month
where counted.workdays is null or (counted.workdays <> expected.workdays and counted.own_days = 0)
