-- what     The payment term of each customer (收款条件), for documents that have no due date of their own. METRICS 3.1. Of several ERP
--          records of a customer the smallest id that is not deleted counts.
-- grain    one row per customer with a term
-- key      customer_id
-- sources  core.customer_identity, staging.payment_term
-- column   kind: net (document date + days), month_end (月结: end of the document's month + days), delivery (货到: delivery date + days)
--          or document (票到: document date + days)
-- column   days: days after that
-- required kind, days
-- accepted kind: net, month_end, delivery, document
select distinct on (customer_identity.customer_id)
    customer_identity.customer_id, payment_term.kind, payment_term.days,
    payment_term.connection, payment_term.source_id, payment_term.source_updated_at, payment_term.recorded_at
from staging.payment_term
join core.customer_identity
    on customer_identity.connection = payment_term.connection and customer_identity.source_id = payment_term.customer_ref
where not payment_term.is_deleted and payment_term.kind is not null and payment_term.days is not null
order by customer_identity.customer_id, payment_term.connection, payment_term.source_id
