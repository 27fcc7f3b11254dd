-- what     A stage of a sales pipeline (销售阶段) with its dated benchmark. METRICS 7.1, FUN-1.
-- grain    one row per stage of a connection
-- key      connection, stage_key
-- sources  seeds.stage_benchmark, staging.stage
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
    ranked.connection || ':' || ranked.stage_key as stage_id,
    ranked.stage_key, ranked.stage_name, ranked.business_line, ranked.stage_order,
    coalesce(is_won, false) as is_won,
    coalesce(is_lost, false) as is_lost,
    from_last = 1 as is_closing,
    coalesce(ranked.benchmark_rate, stage_benchmark.benchmark_rate) as benchmark_rate,
    coalesce(ranked.benchmark_source, stage_benchmark.benchmark_source) as benchmark_source,
    coalesce(ranked.benchmark_date, stage_benchmark.benchmark_date) as benchmark_date,
    ranked.connection, ranked.source_id, ranked.source_updated_at, ranked.recorded_at
from ranked
left join seeds.stage_benchmark on stage_benchmark.stage_name = ranked.stage_name
