-- what     Activities of files; their kind as the config maps it.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.activity
select
    _connection as connection,
    source_id,
    customer_ref,
    opportunity_ref,
    owner_ref,
    activity_type,
    note,
    occurred_at,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.activity
