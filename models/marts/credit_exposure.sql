-- what     Credit exposure (信用敞口) of a customer as of each month end and today, and its credit limit. METRICS REC-14.
-- grain    one row per customer and as-of date with any exposure or a credit limit
-- key      customer_id, as_of_date
-- sources  core.as_of_date, core.customer, core.employee, core.territory_assignment, marts.bill, marts.order_backlog,
--          marts.receivable_balance
-- column   net_cny: REC-1
-- column   bills_cny: bills on hand and contingent ones (REC-13)
-- column   uninvoiced_cny: delivered, not invoiced (ORD-5)
-- column   exposure_cny: net + undue retention + bills + delivered, not invoiced - prepayments
-- column   credit_limit_cny: as the ERP has it today, not as it was; null if it has none
-- column   limited_exposure_cny: the exposure of a customer with a limit, else 0: numerator of the use of the limit
-- column   rls_owner: owner of the customer on the as-of date (METRICS 0.9)
with part as (
    select customer_id, as_of_date, net_cny, undue_retention_cny, prepayment_cny, 0 as bills_cny, 0 as uninvoiced_cny
    from marts.receivable_balance
    union all
    select customer_id, as_of_date, 0, 0, 0, on_hand_cny + contingent_cny, 0 from marts.bill
    union all
    select customer_id, as_of_date, 0, 0, 0, 0, uninvoiced_cny from marts.order_backlog where uninvoiced_cny <> 0
    union all
    select customer.customer_id, as_of_date.as_of_date, 0, 0, 0, 0, 0
    from core.customer cross join core.as_of_date
    where customer.credit_limit_cny is not null and not customer.is_internal
),
total as (
    select
        customer_id, as_of_date,
        sum(net_cny) as net_cny, sum(undue_retention_cny) as undue_retention_cny, sum(prepayment_cny) as prepayment_cny,
        sum(bills_cny) as bills_cny, sum(uninvoiced_cny) as uninvoiced_cny,
        sum(net_cny + undue_retention_cny + bills_cny + uninvoiced_cny - prepayment_cny) as exposure_cny
    from part
    group by customer_id, as_of_date
)
select
    total.customer_id, total.as_of_date, customer.name as customer_name,
    total.net_cny::decimal(18, 2) as net_cny,
    total.undue_retention_cny::decimal(18, 2) as undue_retention_cny,
    total.bills_cny::decimal(18, 2) as bills_cny,
    total.uninvoiced_cny::decimal(18, 2) as uninvoiced_cny,
    total.prepayment_cny::decimal(18, 2) as prepayment_cny,
    total.exposure_cny::decimal(18, 2) as exposure_cny,
    customer.credit_limit_cny,
    (case when customer.credit_limit_cny > 0 then total.exposure_cny else 0 end)::decimal(18, 2) as limited_exposure_cny,
    coalesce(customer.credit_limit_cny < total.exposure_cny, false) as is_over_limit,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from total
left join core.customer on customer.customer_id = total.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = total.customer_id
    and territory_assignment.valid_from <= total.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > total.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
