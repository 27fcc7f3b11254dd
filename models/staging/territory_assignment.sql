-- what     Who looks after a customer from when to when (客户归属). METRICS 0.9.
-- grain    one row per customer record and period
-- key      connection, source_id
-- column   customer_ref: customer.source_id of the same connection
-- column   owner_ref: employee.source_id of the same connection; null if nobody
-- column   valid_to: the first day on which it no longer holds (half-open); null while open
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as customer_ref,
    null::varchar as owner_ref,
    null::varchar as region,
    null::boolean as is_deleted,
    null::date as valid_from,
    null::date as valid_to,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
