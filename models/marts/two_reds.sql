-- what     Customers that were red in the freezes of two months in a row (连续两月红灯): one suggestion of a replacement plan (替代开发计划)
--          per streak, in its second month. Grey, another colour or a month that is not frozen breaks the streak. METRICS HEA-7.
-- grain    one row per customer and streak of two or more red months
-- key      customer_id, second_month
-- sources  core.employee, marts.customer_health
-- column   first_month: first month of the streak
-- column   second_month: second month of the streak, when the suggestion is made
-- column   last_month: the streak's last month so far
-- column   red_months: its length so far
-- column   manager_id: employee_id of the owner's manager, else of the region's; null if there is none
-- column   score: of the second month, as frozen; null where a live entry or an overdue amount made a customer red that is short of data
-- column   rls_owner: owner of the customer at the end of second_month
with red as (
    select
        customer_health.*,
        cast(month_start(month_end) - (row_number() over (partition by customer_id order by month)) * interval '1 month' as date)
            as streak -- the same day for months without a gap between them
    from marts.customer_health
    where is_frozen and colour = 'red'
),
placed as (
    select
        red.*,
        row_number() over (partition by customer_id, streak order by month) as number,
        count(*) over (partition by customer_id, streak) as red_months,
        min(month) over (partition by customer_id, streak) as first_month,
        max(month) over (partition by customer_id, streak) as last_month
    from red
),
region_manager as (
    select region, min(employee_id) as manager_id from core.employee where role = 'region_manager' group by region
)
select
    placed.customer_id, placed.customer_name,
    placed.first_month, placed.month as second_month, placed.last_month, placed.red_months::int as red_months,
    coalesce(owner.manager_id, region_manager.manager_id) as manager_id, manager.name as manager_name,
    placed.month_end as second_month_end, placed.score, placed.override_reason,
    placed.rls_owner, placed.owner_name, placed.rls_region
from placed
left join core.employee as owner on owner.employee_id = placed.rls_owner
left join region_manager on region_manager.region = placed.rls_region
left join core.employee as manager on manager.employee_id = coalesce(owner.manager_id, region_manager.manager_id)
where placed.number = 2
