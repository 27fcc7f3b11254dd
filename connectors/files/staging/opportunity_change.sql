-- what     Changes of opportunities in files: a log that the source keeps, so their times are exact.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.opportunity_change
select
    _connection as connection,
    source_id,
    opportunity_ref,
    owner_ref,
    status,
    'exact' as precision,
    amount_cny,
    coalesce(sequence, 0) as sequence,
    expected_close_date,
    changed_at,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.opportunity_change
