-- what     Moves between stages in files: a log that the source keeps, so their times are exact unless the config says otherwise.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.stage_change
select
    _connection as connection,
    source_id,
    opportunity_ref,
    from_stage_key,
    to_stage_key,
    changed_by_ref,
    coalesce(precision, 'exact') as precision,
    coalesce(sequence, 0) as sequence,
    changed_at,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.stage_change
