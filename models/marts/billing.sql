-- what     Billings (开票额, 应收立账额) up to the as-of day, and the part that was sold on credit. METRICS ORD-6.
-- grain    one row per receivable document; credit notes (红字) are negative and count on their own date
-- key      document_id
-- sources  core.customer, core.employee, core.receivable_document, core.settlement, core.territory_assignment
-- column   prepaid_cny: the part that money received on or before the document date pays: never was credit
-- column   credit_sales_cny: amount - prepaid
-- column   rls_owner: owner of the customer on the document date (METRICS 0.9)
with prepaid as (
    select settlement.document_id, sum(settlement.amount_cny) as amount_cny
    from core.settlement
    join core.receivable_document on receivable_document.document_id = settlement.document_id
    where settlement.is_money and settlement.value_date <= receivable_document.document_date
    group by settlement.document_id
),
billed as (
    select
        receivable_document.*,
        case when receivable_document.amount_cny > 0
            then greatest(least(coalesce(prepaid.amount_cny, 0), receivable_document.amount_cny), 0) else 0 end as prepaid_cny
    from core.receivable_document
    left join prepaid on prepaid.document_id = receivable_document.document_id
    where receivable_document.document_date <= business_today()
)
select
    billed.document_id, billed.customer_id, customer.name as customer_name,
    billed.number as document_number, billed.order_number, billed.is_credit_note,
    billed.amount_cny::decimal(18, 2) as amount_cny,
    billed.prepaid_cny::decimal(18, 2) as prepaid_cny,
    (billed.amount_cny - billed.prepaid_cny)::decimal(18, 2) as credit_sales_cny,
    month_text(billed.document_date) as month, month_start(billed.document_date) as month_start,
    billed.document_date,
    billed.connection, billed.source_id,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from billed
left join core.customer on customer.customer_id = billed.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = billed.customer_id
    and territory_assignment.valid_from <= billed.document_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > billed.document_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
