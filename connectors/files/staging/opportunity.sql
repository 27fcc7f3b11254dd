-- what     Opportunities of files; status and stage as the config maps them.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.opportunity
select
    _connection as connection,
    source_id,
    name,
    customer_ref,
    owner_ref,
    stage_key,
    status,
    lost_reason,
    business_line,
    lead_source,
    amount_cny,
    expected_close_date,
    closed_date,
    created_at,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.opportunity
