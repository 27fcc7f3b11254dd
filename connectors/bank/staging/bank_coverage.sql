-- what     Which days of which account are loaded from statement files (METRICS 0.11).
-- grain    one row per file and account
-- key      connection, source_id
-- sources  raw.files
select
    _connection as connection,
    _source_id as source_id,
    account,
    covered_from,
    covered_to,
    _deleted_at is not null as is_deleted,
    read_at as source_updated_at,
    read_at as recorded_at
from raw.files
where problem is null and covered_from is not null and covered_to is not null
