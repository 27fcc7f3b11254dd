-- what     Names that lead to exactly one customer: full, short, former and CRM names, normalised by normal_name(). For what carries
--          a name only, as a payer on a bank line. A name of two customers is not here.
-- grain    one row per normalised name
-- key      normalised_name
-- sources  core.customer_identity, core.customer_record
with name as (
    select connection, source_id, normalised_name from core.customer_record where normalised_name is not null
    union all
    select connection, source_id, normalised_short_name from core.customer_record where normalised_short_name is not null
)
select
    name.normalised_name,
    min(customer_identity.customer_id) as customer_id,
    min(customer_identity.credit_code) as credit_code
from name
join core.customer_identity
    on customer_identity.connection = name.connection and customer_identity.source_id = name.source_id
group by name.normalised_name
having count(distinct customer_identity.customer_id) = 1
