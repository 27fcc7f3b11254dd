-- what     A stage of a sales pipeline (销售阶段) with its dated benchmark. METRICS 7.1, FUN-1.
-- grain    one row per stage of a connection
-- key      connection, stage_key
-- sources  staging.stage
-- column   business_line: the pipeline's business line; null if the CRM has one pipeline for all
-- column   is_closing: where an opportunity ends that the CRM closes by status only: of the stages that are not lost the won one, else
--          the last ("won counts as the last stage"); of the lost ones the last
-- column   benchmark_rate: share expected to reach the next stage, 0 to 1, as a person typed it with its source and day
with ranked as (
    select
        stage.*,
        row_number() over (
            partition by connection, business_line, coalesce(is_lost, false)
            order by coalesce(is_won, false) desc, stage_order desc, stage_key
        ) as from_last
    from staging.stage
    where not is_deleted
)
select
    connection || ':' || stage_key as stage_id,
    stage_key, stage_name, business_line, stage_order,
    coalesce(is_won, false) as is_won,
    coalesce(is_lost, false) as is_lost,
    from_last = 1 as is_closing,
    benchmark_rate, benchmark_source, benchmark_date,
    connection, source_id, source_updated_at, recorded_at
from ranked
