-- what     One paid question to a credit bureau about a company (征信查询), answered or not. METRICS HEA-5, DAT-7.
-- grain    one row per call
-- key      connection, source_id
-- column   service: the bureau's name of the service asked
-- column   is_successful: the bureau answered; "nothing found" is an answer
-- column   cost_cny: price of the call
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as credit_code,
    null::varchar as company_name,
    null::varchar as service,
    null::decimal(18, 2) as cost_cny,
    null::boolean as is_successful,
    null::boolean as is_deleted,
    null::timestamp as checked_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
