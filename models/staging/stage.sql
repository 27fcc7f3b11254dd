-- what     A stage of a sales pipeline (销售阶段) with its order and, if somebody typed one, a dated benchmark. METRICS 7.1, FUN-1.
-- grain    one row per stage of a connection
-- key      connection, source_id
-- column   stage_key: unique in its connection; a CRM with several pipelines puts the pipeline into the key
-- column   stage_order: 1 is the first; a lost stage's order is not used
-- column   business_line: the pipeline's business line; null if the CRM has one pipeline for all
-- column   benchmark_rate: share expected to reach the next stage, 0 to 1 (FUN-1), with the source and the day it was typed
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as stage_key,
    null::varchar as stage_name,
    null::varchar as business_line,
    null::varchar as benchmark_source,
    null::int as stage_order,
    null::decimal(9, 6) as benchmark_rate,
    null::boolean as is_won,
    null::boolean as is_lost,
    null::boolean as is_deleted,
    null::date as benchmark_date,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
