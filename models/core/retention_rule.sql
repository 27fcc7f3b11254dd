-- what     Customers that hold back a share of each document as retention (质保金) where the ERP does not split it. METRICS 3.6. Written
--          under `retention` in millrace.yaml.
-- grain    one row per customer with a rule
-- key      customer_id
-- sources  core.customer, ops.retention_rule
-- column   percent: share of the document, 5 is 5 %
-- column   months: from the document date to the day it is due
select distinct on (customer.customer_id) customer.customer_id, retention_rule.percent, retention_rule.months, retention_rule.customer
from ops.retention_rule
join core.customer
    on customer.customer_id = retention_rule.customer or normal_name(customer.name) = normal_name(retention_rule.customer)
order by customer.customer_id, retention_rule.customer
