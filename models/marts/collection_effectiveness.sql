-- what     What the collection effectiveness index (回款效率指数) of a period is made of. METRICS REC-8.
-- grain    one row per customer, as-of date and period on which any amount is not 0
-- key      customer_id, as_of_date, period
-- sources  core.as_of_date, core.customer, core.employee, core.item_balance, core.open_item, core.settlement,
--          core.territory_assignment, marts.billing, marts.receivable_balance
-- column   period: month, quarter or year (calendar), up to the as-of day: on 15 July month is 1 to 15 July
-- column   opening_gross_cny: gross REC-1 at the end of the day before the period
-- column   credit_sales_cny: of the whole period, not a month's mean
-- column   write_off_cny: net of what was undone; a write-off is no collection
-- column   closing_not_due_cny: the part of the closing gross that is not past its effective due date
-- column   rls_owner: owner of the customer on the as-of date, for all of it: a handover is no collection (METRICS 14)
-- accepted period: month, quarter, year
with span as (
    select as_of_date, 'month' as period, month_start(as_of_date) as from_date from core.as_of_date
    union all
    select as_of_date, 'quarter', cast(date_trunc('quarter', cast(as_of_date as timestamp)) as date) from core.as_of_date
    union all
    select as_of_date, 'year', cast(date_trunc('year', cast(as_of_date as timestamp)) as date) from core.as_of_date
),
opening_day as (
    select distinct from_date - 1 as day from span
),
opening as (
    select open_item.customer_id, opening_day.day, sum(item_balance.open_amount_cny) as gross_cny
    from opening_day
    join core.item_balance
        on item_balance.from_date <= opening_day.day and coalesce(item_balance.to_date, date '9999-12-31') > opening_day.day
    join core.open_item on open_item.item_id = item_balance.item_id
    where item_balance.open_amount_cny > 0
        and not (open_item.is_retention and open_item.effective_due_date > opening_day.day)
    group by open_item.customer_id, opening_day.day
),
sold as (
    select customer_id, month_start, sum(credit_sales_cny) as amount_cny from marts.billing group by customer_id, month_start
),
written_off as (
    select customer_id, effective_date, sum(amount_cny) as amount_cny
    from core.settlement where kind = 'write_off' group by customer_id, effective_date
),
part as (
    select
        opening.customer_id, span.as_of_date, span.period, opening.gross_cny as opening_gross_cny,
        0 as credit_sales_cny, 0 as write_off_cny, 0 as closing_gross_cny, 0 as closing_not_due_cny
    from span
    join opening on opening.day = span.from_date - 1
    union all
    select sold.customer_id, span.as_of_date, span.period, 0, sum(sold.amount_cny), 0, 0, 0
    from span
    join sold on sold.month_start between span.from_date and span.as_of_date
    group by sold.customer_id, span.as_of_date, span.period
    union all
    select written_off.customer_id, span.as_of_date, span.period, 0, 0, written_off.amount_cny, 0, 0
    from span
    join written_off on written_off.effective_date between span.from_date and span.as_of_date
    union all
    select
        receivable_balance.customer_id, span.as_of_date, span.period, 0, 0, 0,
        receivable_balance.gross_cny, receivable_balance.gross_cny - receivable_balance.overdue_cny
    from span
    join marts.receivable_balance on receivable_balance.as_of_date = span.as_of_date
),
total as (
    select
        customer_id, as_of_date, period,
        sum(opening_gross_cny) as opening_gross_cny, sum(credit_sales_cny) as credit_sales_cny,
        sum(write_off_cny) as write_off_cny, sum(closing_gross_cny) as closing_gross_cny,
        sum(closing_not_due_cny) as closing_not_due_cny
    from part
    group by customer_id, as_of_date, period
)
select
    total.customer_id, total.as_of_date, total.period, customer.name as customer_name,
    total.opening_gross_cny::decimal(18, 2) as opening_gross_cny,
    total.credit_sales_cny::decimal(18, 2) as credit_sales_cny,
    total.write_off_cny::decimal(18, 2) as write_off_cny,
    total.closing_gross_cny::decimal(18, 2) as closing_gross_cny,
    total.closing_not_due_cny::decimal(18, 2) as closing_not_due_cny,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from total
left join core.customer on customer.customer_id = total.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = total.customer_id
    and territory_assignment.valid_from <= total.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > total.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where total.opening_gross_cny <> 0 or total.credit_sales_cny <> 0 or total.write_off_cny <> 0
    or total.closing_gross_cny <> 0 or total.closing_not_due_cny <> 0
