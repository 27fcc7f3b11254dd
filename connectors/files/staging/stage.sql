-- what     Stages of a pipeline, from a file or the config itself.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.stage
select
    _connection as connection,
    source_id,
    stage_key,
    coalesce(stage_name, stage_key) as stage_name,
    business_line,
    benchmark_source,
    stage_order,
    benchmark_rate,
    coalesce(is_won, false) as is_won,
    coalesce(is_lost, false) as is_lost,
    benchmark_date,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.stage
