-- what     Receivables (应收账款余额) of a customer as of each month end and today. METRICS REC-1, 3.5, 3.6.
-- grain    one row per customer and as-of date on which any amount is not 0
-- key      customer_id, as_of_date
-- sources  core.as_of_date, core.customer, core.employee, core.open_item_as_of, core.receipt_balance, core.territory_assignment
-- column   gross_cny: positive open items
-- column   unapplied_cny: receipts that pay no document, up to the gross
-- column   credit_note_cny: open credit notes and what was paid twice, as a positive amount
-- column   net_cny: gross - unapplied - credit notes
-- column   prepayment_cny: receipts above the gross and those the ERP marks 预收; a liability, never netted
-- column   undue_retention_cny: 质保金 before its due date, in no other column
-- column   overdue_cny: the part of the gross that is past its effective due date
-- column   overdue_90_cny: the part of it that is more than 90 days past
-- column   items: open items in the gross; overdue_items, overdue_90_items: of them past their effective due date
-- column   rls_owner: owner of the customer on the as-of date (METRICS 0.9)
-- index    customer_id
with item as (
    select
        customer_id, as_of_date,
        coalesce(sum(open_amount_cny) filter (where open_amount_cny > 0 and not is_undue_retention), 0) as gross_cny,
        coalesce(-sum(open_amount_cny) filter (where open_amount_cny < 0 and not is_undue_retention), 0) as credit_note_cny,
        coalesce(sum(open_amount_cny) filter (where is_undue_retention), 0) as undue_retention_cny,
        coalesce(sum(open_amount_cny) filter (where open_amount_cny > 0 and not is_undue_retention and days_overdue > 0), 0) as overdue_cny,
        coalesce(sum(open_amount_cny) filter (where open_amount_cny > 0 and not is_undue_retention and days_overdue > 90), 0) as overdue_90_cny,
        count(*) filter (where open_amount_cny > 0 and not is_undue_retention) as items,
        count(*) filter (where open_amount_cny > 0 and not is_undue_retention and days_overdue > 0) as overdue_items,
        count(*) filter (where open_amount_cny > 0 and not is_undue_retention and days_overdue > 90) as overdue_90_items
    from core.open_item_as_of
    group by customer_id, as_of_date
),
receipt as (
    select receipt_balance.customer_id, as_of_date.as_of_date, receipt_balance.unallocated_cny, receipt_balance.marked_cny
    from core.as_of_date
    join core.receipt_balance
        on receipt_balance.from_date <= as_of_date.as_of_date
        and coalesce(receipt_balance.to_date, date '9999-12-31') > as_of_date.as_of_date
),
balance as (
    select
        coalesce(item.customer_id, receipt.customer_id) as customer_id,
        coalesce(item.as_of_date, receipt.as_of_date) as as_of_date,
        coalesce(item.gross_cny, 0) as gross_cny, coalesce(item.credit_note_cny, 0) as credit_note_cny,
        coalesce(item.undue_retention_cny, 0) as undue_retention_cny, coalesce(item.overdue_cny, 0) as overdue_cny,
        coalesce(item.overdue_90_cny, 0) as overdue_90_cny, coalesce(item.items, 0) as items,
        coalesce(item.overdue_items, 0) as overdue_items, coalesce(item.overdue_90_items, 0) as overdue_90_items,
        least(coalesce(receipt.unallocated_cny, 0), coalesce(item.gross_cny, 0)) as unapplied_cny,
        coalesce(receipt.unallocated_cny, 0) as unallocated_cny, coalesce(receipt.marked_cny, 0) as marked_cny
    from item
    full join receipt on receipt.customer_id = item.customer_id and receipt.as_of_date = item.as_of_date
)
select
    balance.customer_id, balance.as_of_date, customer.name as customer_name,
    balance.gross_cny::decimal(18, 2) as gross_cny,
    balance.unapplied_cny::decimal(18, 2) as unapplied_cny,
    balance.credit_note_cny::decimal(18, 2) as credit_note_cny,
    (balance.gross_cny - balance.unapplied_cny - balance.credit_note_cny)::decimal(18, 2) as net_cny,
    (balance.unallocated_cny - balance.unapplied_cny + balance.marked_cny)::decimal(18, 2) as prepayment_cny,
    balance.undue_retention_cny::decimal(18, 2) as undue_retention_cny,
    balance.overdue_cny::decimal(18, 2) as overdue_cny,
    balance.overdue_90_cny::decimal(18, 2) as overdue_90_cny,
    balance.items::int as items, balance.overdue_items::int as overdue_items, balance.overdue_90_items::int as overdue_90_items,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from balance
left join core.customer on customer.customer_id = balance.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = balance.customer_id
    and territory_assignment.valid_from <= balance.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > balance.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
