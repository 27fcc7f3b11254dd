-- what     Names that lead to exactly one customer: full, short, former and CRM names, normalised by normal_name(), and payers' names
--          that are one of these in another spelling or that a person tied to a customer. For what carries a name only, as a payer on
--          a bank line. A name of two customers is not here.
-- grain    one row per normalised name
-- key      normalised_name
-- sources  core.customer_link, core.customer_record
-- computed customer_names
select
    customer_link.kind, customer_link.customer_id, customer_link.credit_code,
    case when customer_link.kind = 'payer' then substr(customer_link.source_id, 7) else customer_record.name end as name,
    customer_record.short_name, customer_record.former_names
from core.customer_link
left join core.customer_record
    on customer_record.connection = customer_link.connection and customer_record.source_id = customer_link.source_id
