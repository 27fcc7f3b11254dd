-- what     Which record is which customer (客户归并), by which rule, with the receivables that hang on it. METRICS DAT-5.
-- grain    one row per customer record and per payer's name
-- key      record_id
-- sources  core.customer, core.customer_link, core.customer_record_money, core.employee, core.territory_assignment
-- column   kind: erp, crm, bureau or payer
-- column   rule: credit_code, name, reviewed (a person said so) or none: nothing leads it to another record
-- column   evidence: in words: what agreed, with which record, by which decision
-- column   credit_code: the record's own valid code
-- column   receivable_cny: REC-1 gross of the documents that name this record
-- column   customer_records: how many records and payers its customer has
with size as (
    select customer_id, count(*) as records from core.customer_link where customer_id is not null group by customer_id
)
select
    customer_link.record_id, customer_link.kind, money.name as record_name,
    customer_link.customer_id, customer.name as customer_name, customer_link.own_credit_code as credit_code,
    customer_link.rule, customer_link.evidence, customer_link.is_ambiguous,
    coalesce(size.records, 1)::int as customer_records,
    money.receivable_cny, money.intake_cny, money.unidentified_cny,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.customer_link
join core.customer_record_money as money on money.record_id = customer_link.record_id
left join core.customer on customer.customer_id = customer_link.customer_id
left join size on size.customer_id = customer_link.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = customer_link.customer_id and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
left join core.employee on employee.employee_id = territory_assignment.owner_id
