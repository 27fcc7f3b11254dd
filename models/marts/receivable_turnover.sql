-- what     What days of sales outstanding (应收周转天数) and the write-off rate (坏账核销率) are made of: balances as of a day over the
--          credit sales of a window. METRICS REC-3, REC-5, REC-6, REC-12.
-- grain    one row per customer and as-of date on which any amount is not 0; numerators and denominators, never ratios
-- key      customer_id, as_of_date
-- sources  core.as_of_date, core.customer, core.employee, core.settlement, core.territory_assignment, marts.bill, marts.billing,
--          marts.receivable_balance
-- column   window_days: the as-of day's month and the two before; 90 days where the as-of day is no month end. One value per day
-- column   credit_sales_cny: ORD-6 without the prepaid part, in the window
-- column   net_cny: REC-1
-- column   not_due_cny: the part of the gross that is not past its effective due date
-- column   bills_on_hand_cny: acceptance bills on hand at face, for the twin of REC-3: a bill only postpones the cash
-- column   write_off_cny: write-offs of the 12 months up to the as-of day, without what was undone
-- column   recovery_cny: write-offs undone in these 12 months, as a positive amount
-- column   year_credit_sales_cny: credit sales of the same 12 months
-- column   rls_owner: owner of the customer on the as-of date, for balances and sales alike: a handover moves both (METRICS 14)
with span as (
    select
        as_of_date,
        case when as_of_date = month_end(as_of_date) then cast(month_start(as_of_date) - interval '2 months' as date)
            else as_of_date - 89 end as window_start,
        case when as_of_date = month_end(as_of_date) then cast(month_start(as_of_date) - interval '11 months' as date)
            else cast(as_of_date - interval '1 year' as date) + 1 end as year_start
    from core.as_of_date
),
sold as (
    select customer_id, document_date, sum(credit_sales_cny) as amount_cny from marts.billing group by customer_id, document_date
),
part as (
    select
        customer_id, as_of_date, net_cny, gross_cny - overdue_cny as not_due_cny,
        0 as bills_on_hand_cny, 0 as credit_sales_cny, 0 as year_credit_sales_cny, 0 as write_off_cny, 0 as recovery_cny
    from marts.receivable_balance
    union all
    select customer_id, as_of_date, 0, 0, on_hand_cny, 0, 0, 0, 0 from marts.bill where on_hand_cny <> 0
    union all
    select
        sold.customer_id, span.as_of_date, 0, 0, 0,
        sum(case when sold.document_date >= span.window_start then sold.amount_cny else 0 end), sum(sold.amount_cny), 0, 0
    from span
    join sold on sold.document_date between span.year_start and span.as_of_date
    group by sold.customer_id, span.as_of_date
    union all
    select
        settlement.customer_id, span.as_of_date, 0, 0, 0, 0, 0,
        greatest(settlement.amount_cny, 0), greatest(-settlement.amount_cny, 0)
    from span
    join core.settlement on settlement.effective_date between span.year_start and span.as_of_date
    where settlement.kind = 'write_off'
),
total as (
    select
        customer_id, as_of_date,
        sum(net_cny) as net_cny, sum(not_due_cny) as not_due_cny, sum(bills_on_hand_cny) as bills_on_hand_cny,
        sum(credit_sales_cny) as credit_sales_cny, sum(year_credit_sales_cny) as year_credit_sales_cny,
        sum(write_off_cny) as write_off_cny, sum(recovery_cny) as recovery_cny
    from part
    group by customer_id, as_of_date
)
select
    total.customer_id, total.as_of_date, customer.name as customer_name,
    cast(span.as_of_date - span.window_start + 1 as int) as window_days,
    total.net_cny::decimal(18, 2) as net_cny,
    total.not_due_cny::decimal(18, 2) as not_due_cny,
    total.bills_on_hand_cny::decimal(18, 2) as bills_on_hand_cny,
    total.credit_sales_cny::decimal(18, 2) as credit_sales_cny,
    total.write_off_cny::decimal(18, 2) as write_off_cny,
    total.recovery_cny::decimal(18, 2) as recovery_cny,
    total.year_credit_sales_cny::decimal(18, 2) as year_credit_sales_cny,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from total
join span on span.as_of_date = total.as_of_date
left join core.customer on customer.customer_id = total.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = total.customer_id
    and territory_assignment.valid_from <= total.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > total.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where total.net_cny <> 0 or total.not_due_cny <> 0 or total.bills_on_hand_cny <> 0 or total.year_credit_sales_cny <> 0
    or total.credit_sales_cny <> 0 or total.write_off_cny <> 0 or total.recovery_cny <> 0
