-- what     Every customer record leads to exactly one customer that exists, and no credit code to two customers (METRICS 0.9).
-- sources  core.customer, core.customer_identity, staging.customer
select customer.connection || ':' || customer.source_id as id, count(core_customer.customer_id) as customers
from staging.customer
left join core.customer_identity
    on customer_identity.connection = customer.connection and customer_identity.source_id = customer.source_id
left join core.customer as core_customer on core_customer.customer_id = customer_identity.customer_id
group by customer.connection, customer.source_id
having count(core_customer.customer_id) <> 1
union all
select credit_code, count(*) from core.customer where credit_code is not null group by credit_code having count(*) > 1
