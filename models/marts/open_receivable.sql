-- what     Open receivables (应收账款余额) today, item by item, and how late each is. METRICS REC-1, REC-2.
-- grain    one row per open item with a balance, without undue retention; credit notes are negative
-- key      item_id
-- sources  core.customer, core.employee, core.open_item, core.open_item_as_of, core.territory_assignment
-- column   days_overdue: days past the effective due date; 0 or less is not due
-- column   due_assumed: the ERP has no due date, so document date + 30 days
-- index    customer_id
select
    open_item.item_id, open_item.document_id, open_item.customer_id,
    open_item.document_number, open_item.order_number, customer.name as customer_name,
    open_item.amount_cny, open_item_as_of.open_amount_cny,
    open_item_as_of.days_overdue,
    open_item_as_of.days_overdue > 0 as is_overdue,
    open_item.is_retention, open_item.is_credit_note, open_item.due_assumed,
    open_item.document_date, open_item.due_date, open_item.effective_due_date,
    open_item.connection, open_item.source_id,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.open_item_as_of
join core.open_item on open_item.item_id = open_item_as_of.item_id
left join core.customer on customer.customer_id = open_item.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = open_item.customer_id
    and territory_assignment.valid_from <= open_item_as_of.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > open_item_as_of.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where open_item_as_of.as_of_date = business_today() and not open_item_as_of.is_undue_retention
