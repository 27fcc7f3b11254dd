-- what     A stage of a sales pipeline (销售阶段) with its gate and its benchmark: what a person set in the hub, else what the CRM keeps,
--          else the seed; one without its source and day is none. METRICS 7.1, FUN-2.
-- grain    one row per stage of a pipeline
-- key      connection, pipeline, stage_key
-- sources  core.stage_key, ops.event, seeds.stage_benchmark, staging.stage
-- column   pipeline: the business line, '' for one pipeline of all lines that have none of their own
-- column   business_line: the same, null for the pipeline of all lines
-- column   stage_rank: 1 is the first stage that is not lost, without gaps; null for a lost one
-- column   is_closing: where an opportunity ends that the CRM closes by status only: of the stages that are not lost the won one, else
--          the last ("won counts as the last stage"); of the lost ones the last
-- column   has_next: whether there is a stage to go on to
-- column   gate: what must be there to leave the stage
-- column   benchmark_rate: share expected to reach the next stage, 0 to 1
-- column   benchmark_source: who says so; never without benchmark_date, the day it is of
with named as (
    select distinct on (stage_key.connection, stage_key.pipeline, stage_key.stage_key)
        stage_key.*, coalesce(stage.stage_name, stage_key.stage_key) as stage_name,
        stage.benchmark_rate, stage.benchmark_source, stage.benchmark_date,
        coalesce(stage.source_id, stage_key.stage_key) as source_id, stage.source_updated_at, stage.recorded_at
    from core.stage_key
    left join staging.stage on stage.connection = stage_key.connection and stage.stage_key = stage_key.stage_key
    order by stage_key.connection, stage_key.pipeline, stage_key.stage_key,
        stage_key.source_stage_key = stage_key.stage_key desc, stage_key.source_stage_key, stage.source_id
),
ranked as (
    select
        named.*,
        row_number() over (
            partition by connection, pipeline, is_lost order by is_won desc, stage_order desc, stage_key
        ) as from_last,
        case when not is_lost then dense_rank() over (partition by connection, pipeline, is_lost order by stage_order) end as stage_rank
    from named
),
said as ( -- the last word on a stage; of a business line before of all
    select
        json_text(body, 'stage') as stage, coalesce(json_text(body, 'line'), '') as line, kind,
        cast(json_text(body, 'rate') as decimal(9, 6)) as benchmark_rate,
        json_text(body, 'source') as benchmark_source, cast(json_text(body, 'date') as date) as benchmark_date,
        row_number() over (
            partition by json_text(body, 'stage'), coalesce(json_text(body, 'line'), '') order by sequence desc
        ) as from_last
    from ops.event
    where kind in ('benchmark.set', 'benchmark.removed')
),
typed as (
    select distinct on (ranked.connection, ranked.pipeline, ranked.stage_key)
        ranked.connection, ranked.pipeline, ranked.stage_key, said.benchmark_rate, said.benchmark_source, said.benchmark_date
    from ranked
    join said on said.stage in (ranked.stage_key, ranked.stage_name) and said.line in (ranked.pipeline, '')
    where said.from_last = 1 and said.kind = 'benchmark.set'
    order by ranked.connection, ranked.pipeline, ranked.stage_key, said.line desc, said.stage = ranked.stage_key desc
),
benchmark as (
    select connection, pipeline, stage_key, benchmark_rate, benchmark_source, benchmark_date, 1 as place from typed
    union all
    select connection, pipeline, stage_key, benchmark_rate, benchmark_source, benchmark_date, 2 from ranked
    union all
    select
        ranked.connection, ranked.pipeline, ranked.stage_key,
        stage_benchmark.benchmark_rate, stage_benchmark.benchmark_source, stage_benchmark.benchmark_date, 3
    from ranked
    join seeds.stage_benchmark on stage_benchmark.stage_name = ranked.stage_name
),
standing as (
    select distinct on (connection, pipeline, stage_key) *
    from benchmark
    where benchmark_rate is not null and benchmark_source is not null and benchmark_date is not null
    order by connection, pipeline, stage_key, place
)
select
    ranked.connection || ':' || case when ranked.pipeline = '' then '' else ranked.pipeline || ':' end || ranked.stage_key as stage_id,
    ranked.stage_key, ranked.stage_name, ranked.pipeline, nullif(ranked.pipeline, '') as business_line,
    ranked.stage_order, cast(ranked.stage_rank as int) as stage_rank, ranked.is_won, ranked.is_lost,
    ranked.from_last = 1 as is_closing,
    not ranked.is_lost and not ranked.is_won
        and ranked.stage_rank < max(ranked.stage_rank) over (partition by ranked.connection, ranked.pipeline) as has_next,
    ranked.gate,
    standing.benchmark_rate, standing.benchmark_source, standing.benchmark_date,
    ranked.connection, ranked.source_id, ranked.source_updated_at, ranked.recorded_at
from ranked
left join standing
    on standing.connection = ranked.connection and standing.pipeline = ranked.pipeline and standing.stage_key = ranked.stage_key
