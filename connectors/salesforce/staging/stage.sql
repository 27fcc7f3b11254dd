-- what     Stages of Salesforce, also those that are no longer offered: old opportunities were in them.
-- grain    one row per value of the field StageName
-- key      connection, source_id
-- sources  raw.opportunity_stages
select
    _connection as connection,
    _source_id as source_id,
    coalesce(apiname, masterlabel) as stage_key,
    masterlabel as stage_name,
    null as business_line,
    null as benchmark_source,
    cast(sortorder as int) as stage_order,
    null as benchmark_rate,
    iswon as is_won,
    isclosed and not iswon as is_lost,
    _deleted_at is not null as is_deleted,
    null as benchmark_date,
    systemmodstamp as source_updated_at,
    _first_extracted_at as recorded_at
from raw.opportunity_stages
