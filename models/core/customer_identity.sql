-- what     Which source record is which customer, by which rule and on what evidence (客户归并). METRICS 0.9, DAT-5.
-- grain    one row per customer record of a connection
-- key      connection, source_id
-- sources  core.customer_link, core.customer_record
-- column   customer_id: the smallest ERP record_id of the group, else the smallest of all
-- column   rule: credit_code, name, reviewed (a person decided) or none: it stands alone under its name
-- column   evidence: the credit code, or the normalised name and, if it led to one, the credit code
-- column   credit_code: the customer's
-- column   own_credit_code: the record's own; another than the customer's only where a person brought two codes together
-- reference customer_id -> core.customer.customer_id
-- accepted rule: credit_code, name, reviewed, none
select
    customer_record.connection, customer_record.source_id, customer_record.kind,
    customer_link.customer_id,
    customer_link.rule,
    coalesce(customer_link.proof, '') as evidence,
    customer_link.credit_code, customer_link.own_credit_code,
    customer_link.is_ambiguous,
    customer_record.source_updated_at, customer_record.recorded_at
from core.customer_record
join core.customer_link
    on customer_link.connection = customer_record.connection and customer_link.source_id = customer_record.source_id
