-- what     Payment punctuality (付款准时率, HEA-1): amount-weighted mean of points by days late, over the payments of the 12 months
--          (kinds of REC-7: cash, bank bill, prepayment applied) and the parts overdue at the month's end. Commercial bills and notes
--          count on the day they are paid, which no source tells yet: out. A payment undone weighs negative.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.calendar, core.health_curve, core.health_limit, core.health_population, core.open_item,
--          core.open_item_as_of, core.settlement
-- column   value: 0 to 100, by the curve days_late; null if missing
-- column   missing_reason: too_few_due: fewer than [3] items, or less than [10,000], paid in the 12 months or overdue
-- column   judged_cny: what was paid in the 12 months or is overdue: the weight of the mean
-- column   late_items: items paid late in the 12 months, or overdue at the month's end
-- column   late_cny: what was paid late or is overdue
-- column   largest_days_late: calendar days; null if nothing was late
-- column   overdue_items: items overdue at the month's end
-- column   overdue_cny: their open amount
-- column   overdue_90_cny: the part of it more than 90 days overdue
-- column   paid_in_time_rate: by amount, paid by the effective due date + 3 workdays, 0 to 1; what is overdue counts as not paid
with payment as (
    select
        open_item.item_id, open_item.customer_id, settlement.effective_date, settlement.amount_cny,
        settlement.effective_date - open_item.effective_due_date as days_late,
        settlement.effective_date <= open_item.effective_due_date or paid_day.workday_index < due_day.workday_index + 3
            or (paid_day.workday_index = due_day.workday_index + 3 and paid_day.is_workday) as is_paid_in_time
    from core.settlement
    join core.open_item on open_item.item_id = settlement.item_id
    left join core.calendar as due_day on due_day.day = open_item.effective_due_date
    left join core.calendar as paid_day on paid_day.day = settlement.effective_date
    where settlement.kind in ('cash', 'bank_bill', 'prepayment_applied') and open_item.amount_cny > 0
),
part as (
    select
        health_population.customer_id, health_population.month, payment.item_id, payment.amount_cny,
        cast(payment.days_late as double precision) as days_late, coalesce(payment.is_paid_in_time, false) as is_paid_in_time,
        false as is_open
    from payment
    join core.health_population
        on health_population.customer_id = payment.customer_id
        and payment.effective_date between health_population.year_start and health_population.month_end
    union all
    select
        health_population.customer_id, health_population.month, open_item_as_of.item_id, open_item_as_of.open_amount_cny,
        cast(open_item_as_of.days_overdue as double precision), false, true
    from core.open_item_as_of
    join core.health_population
        on health_population.customer_id = open_item_as_of.customer_id and health_population.month_end = open_item_as_of.as_of_date
    where open_item_as_of.open_amount_cny > 0 and open_item_as_of.days_overdue > 0
),
day_points as ( -- as decimals: their sums are exact, and alike on both engines; of 20 digits, since 18 times 18 overflow in DuckDB
    select
        late_day.days_late,
        cast(health_curve.base_points + (late_day.days_late - health_curve.base_x) * health_curve.slope as decimal(20, 9)) as points
    from (select distinct days_late from part) as late_day
    join core.health_curve
        on health_curve.curve = 'days_late'
        and late_day.days_late > health_curve.from_x and late_day.days_late <= health_curve.to_x
),
judged as (
    select part.*, day_points.points
    from part
    join day_points on day_points.days_late = part.days_late
),
totalled as (
    select
        customer_id, month,
        count(distinct item_id) as items,
        sum(amount_cny) as amount_cny,
        sum(points * amount_cny) as weighted_points,
        count(distinct item_id) filter (where days_late > 0) as late_items,
        sum(amount_cny) filter (where days_late > 0) as late_cny,
        max(days_late) filter (where days_late > 0) as largest_days_late,
        sum(amount_cny) filter (where is_paid_in_time) as in_time_cny,
        count(*) filter (where is_open) as overdue_items,
        sum(amount_cny) filter (where is_open) as overdue_cny,
        sum(amount_cny) filter (where is_open and days_late > 90) as overdue_90_cny
    from judged
    group by customer_id, month
)
select
    health_population.customer_id, health_population.month, 'punctuality' as indicator,
    case when totalled.items >= health_limit.due_items and totalled.amount_cny >= health_limit.due_cny and totalled.amount_cny > 0
        then greatest(least(cast(totalled.weighted_points as double precision) / cast(totalled.amount_cny as double precision), 100), 0)
    end as value,
    case when coalesce(totalled.items, 0) < health_limit.due_items
            or coalesce(totalled.amount_cny, 0) < health_limit.due_cny or coalesce(totalled.amount_cny, 0) <= 0
        then 'too_few_due' end as missing_reason,
    coalesce(totalled.amount_cny, 0)::decimal(18, 2) as judged_cny,
    coalesce(totalled.late_items, 0)::int as late_items,
    coalesce(totalled.late_cny, 0)::decimal(18, 2) as late_cny,
    totalled.largest_days_late::int as largest_days_late,
    coalesce(totalled.overdue_items, 0)::int as overdue_items,
    coalesce(totalled.overdue_cny, 0)::decimal(18, 2) as overdue_cny,
    coalesce(totalled.overdue_90_cny, 0)::decimal(18, 2) as overdue_90_cny,
    cast(coalesce(totalled.in_time_cny, 0) as double precision)
        / nullif(cast(totalled.amount_cny as double precision), 0) as paid_in_time_rate
from core.health_population
cross join core.health_limit
left join totalled on totalled.customer_id = health_population.customer_id and totalled.month = health_population.month
