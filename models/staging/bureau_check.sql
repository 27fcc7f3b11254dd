-- what     One check (征信查询): one service of a bureau asked about a company on one day, answered or not, also when nothing was
--          found. Together with the records of staging.risk_event that name it, it is the snapshot of that day. METRICS HEA-5, DAT-7.
-- grain    one row per company, service and day
-- key      connection, source_id
-- column   company_ref: what the bureau was asked with, the same in every check of the company
-- column   service: the bureau's name of the service asked
-- column   kind: the kind of staging.risk_event whose list it gives; null for a service that gives no list
-- column   is_successful: the bureau answered; "nothing found" is an answer
-- column   is_complete: the list was read to its end, so that what is not in it is not there
-- column   calls: paid calls it took, further pages and repeated ones included
-- column   cost_cny: price of all its calls
-- column   order_number: the bureau's number on its bill
-- column   registered_name: as the bureau knows the company, where the service tells
-- column   former_names: names it was registered under before (曾用名), joined by '|', where the service tells
-- column   controller_name: the actual controller (实际控制人), where the service tells; controller_ref: the bureau's id of it
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as company_ref,
    null::varchar as credit_code,
    null::varchar as company_name,
    null::varchar as service,
    null::varchar as kind,
    null::bigint as calls,
    null::decimal(18, 2) as cost_cny,
    null::varchar as order_number,
    null::boolean as is_successful,
    null::boolean as is_complete,
    null::varchar as registered_name,
    null::varchar as former_names,
    null::varchar as controller_name,
    null::varchar as controller_ref,
    null::boolean as is_deleted,
    null::timestamp as checked_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
