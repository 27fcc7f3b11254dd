-- what     Collections (回款额) and cash collections (现金回款额), event by event. METRICS COL-1, COL-2.
-- grain    one row per collection event: a bank line, a bank bill signed for, a refund, a dishonour
-- key      collection_id
-- sources  core.collection, core.customer, core.employee, core.territory_assignment
-- column   amount_cny: COL-1; refunds and dishonours are negative
-- column   cash_amount_cny: COL-2; 0 for a bank bill until its money comes
-- column   kind: bank_line, receipt_without_bank, bank_bill, refund or dishonour
-- column   customer_id: null when the payer is unknown
-- column   rls_owner: owner of the customer on the value date (METRICS 0.9)
select
    collection.collection_id, collection.kind,
    collection.customer_id, customer.name as customer_name,
    collection.bank_transaction_id, collection.receipt_id,
    collection.amount_cny, collection.cash_amount_cny,
    month_text(collection.value_date) as month, month_start(collection.value_date) as month_start,
    collection.value_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.collection
left join core.customer on customer.customer_id = collection.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = collection.customer_id
    and territory_assignment.valid_from <= collection.value_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > collection.value_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
