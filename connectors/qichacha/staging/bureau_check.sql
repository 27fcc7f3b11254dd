-- what     What was asked and paid for: one service about one company on one day, also when nothing was found. METRICS HEA-5, DAT-7.
-- grain    one row per company, service and day (further pages of one check are in its cost)
-- key      connection, source_id
-- sources  raw.answers
-- column   is_successful: the bureau answered; 201 (nothing found) is an answer, a company it cannot be asked about is not
select
    _connection as connection,
    _source_id as source_id,
    credit_code,
    company_name,
    service,
    cost_cny,
    status in ('200', '201') as is_successful,
    false as is_deleted,
    checked_at,
    checked_at as source_updated_at,
    checked_at as recorded_at
from raw.answers
where record = 'check'
