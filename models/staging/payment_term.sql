-- what     What a customer's payment term says about due dates (收款条件), for documents without one of their own. METRICS 3.1.
-- grain    one row per customer record of an ERP that has a term we understand
-- key      connection, source_id
-- column   source_id: of the customer record
-- column   customer_ref: customer.source_id of the same connection
-- column   kind: net (N days from the document), month_end (月结 N), delivery (货到 N) or document (票到 N)
-- column   days: N
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as customer_ref,
    null::varchar as kind,
    null::int as days,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
