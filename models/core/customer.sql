-- what     A customer (客户) after its records were brought together. The ERP's record names it; the CRM's says who looks after it.
--          Of several records of a kind the smallest id that is not deleted counts.
-- grain    one row per customer
-- key      customer_id
-- sources  core.customer_identity, core.employee, core.employee_identity, staging.customer
-- column   owner_id: employee_id; null if no source names one
-- column   declared_yearly_purchase_cny: what the customer says it buys a year, from everybody (HEA-2)
-- column   credit_limit_cny: how much it may owe (信用额度); null if no source sets one
-- column   payer_class: large_enterprise or public_body (REC-15); null for all others
-- column   is_internal: a company of our own or a related one, out of every number (METRICS 0.10)
with record as (
    select distinct on (customer_identity.customer_id, customer.kind)
        customer_identity.customer_id, customer_identity.credit_code as resolved_credit_code, customer.*
    from core.customer_identity
    join staging.customer
        on customer.connection = customer_identity.connection and customer.source_id = customer_identity.source_id
    order by customer_identity.customer_id, customer.kind, customer.is_deleted, customer.connection, customer.source_id
),
shared as (
    select
        customer_identity.customer_id,
        max(customer_identity.credit_code) as credit_code,
        bool_or(coalesce(customer.is_internal, false)) as is_internal,
        min(customer.created_date) as created_date
    from core.customer_identity
    join staging.customer
        on customer.connection = customer_identity.connection and customer.source_id = customer_identity.source_id
    group by customer_identity.customer_id
),
merged as (
    select
        shared.*,
        coalesce(erp.name, crm.name, bureau.name) as name,
        coalesce(crm.customer_class, erp.customer_class) as customer_class,
        coalesce(crm.region, erp.region) as region,
        coalesce(crm.declared_yearly_purchase_cny, erp.declared_yearly_purchase_cny) as declared_yearly_purchase_cny,
        coalesce(erp.credit_limit_cny, crm.credit_limit_cny) as credit_limit_cny,
        coalesce(erp.payer_class, crm.payer_class) as payer_class,
        case when crm.owner_ref is not null then crm.connection else erp.connection end as owner_connection,
        coalesce(crm.owner_ref, erp.owner_ref) as owner_ref,
        coalesce(erp.connection, crm.connection, bureau.connection) as connection,
        coalesce(erp.source_id, crm.source_id, bureau.source_id) as source_id,
        greatest(erp.source_updated_at, crm.source_updated_at, bureau.source_updated_at) as source_updated_at,
        coalesce(erp.recorded_at, crm.recorded_at, bureau.recorded_at) as recorded_at
    from shared
    left join record as erp on erp.customer_id = shared.customer_id and erp.kind = 'erp'
    left join record as crm on crm.customer_id = shared.customer_id and crm.kind = 'crm'
    left join record as bureau on bureau.customer_id = shared.customer_id and bureau.kind = 'bureau'
)
select
    merged.customer_id,
    merged.name, merged.credit_code, merged.customer_class,
    coalesce(employee_identity.employee_id, employee.employee_id) as owner_id,
    merged.region,
    merged.declared_yearly_purchase_cny, merged.credit_limit_cny, merged.payer_class,
    merged.is_internal, merged.created_date,
    merged.connection, merged.source_id, merged.source_updated_at, merged.recorded_at
from merged
left join core.employee_identity
    on employee_identity.connection = merged.owner_connection and employee_identity.source_id = merged.owner_ref
left join core.employee on employee.employee_id = merged.owner_ref -- an ERP names the staff number
