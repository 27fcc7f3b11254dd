-- what     What credit bureaus cost (征信费用): calls times price, by month, service and customer. METRICS DAT-7.
-- grain    one row per connection, month, service and subject asked
-- key      connection, month, service, subject
-- sources  core.bureau_call, core.customer, core.territory_assignment
-- column   company_key: the customer, or the company where it is none: who was checked
-- column   cost_cny: calls x price
-- column   rls_owner: owner of the customer today
with called as (
    select
        connection, month, service, subject, min(customer_id) as customer_id,
        count(*) as calls, sum(price_cny) as cost_cny, max(called_date) as last_called_date
    from core.bureau_call
    group by connection, month, service, subject
)
select
    called.connection, called.month, cast(called.month || '-01' as date) as month_start,
    called.service, called.subject, called.customer_id,
    coalesce(called.customer_id, called.subject) as company_key,
    coalesce(customer.name, called.subject) as customer_name,
    called.calls, called.cost_cny::decimal(18, 4) as cost_cny, called.last_called_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from called
left join core.customer on customer.customer_id = called.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = called.customer_id
    and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
