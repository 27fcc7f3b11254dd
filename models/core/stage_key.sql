-- what     Which stage of which pipeline a stage key of a CRM stands for. As `funnel` in millrace.yaml says, with former keys and names;
--          for a connection without a pipeline there, as the CRM says. A key that is not here is unmapped: out of the funnel, counted.
--          METRICS 7.1.
-- grain    one row per key and pipeline
-- key      connection, pipeline, source_stage_key
-- sources  ops.pipeline_stage, staging.stage
-- column   pipeline: the business line, '' for one pipeline of all lines that have none of their own
-- column   stage_key: the key the stage has now
-- column   stage_order: as written; only its order counts
-- column   gate: what must be there to leave the stage; null if nobody wrote one
with meant as ( -- a word of millrace.yaml is a key of the CRM, else a stage's name, else a key that the CRM no longer has
    select
        pipeline_stage.connection, pipeline_stage.pipeline, pipeline_stage.stage, pipeline_stage.stage_order,
        pipeline_stage.outcome, pipeline_stage.gate,
        coalesce(stage.stage_key, pipeline_stage.written_as) as source_stage_key,
        pipeline_stage.written_as = pipeline_stage.stage as is_itself,
        coalesce(stage.stage_key = pipeline_stage.written_as, false) as is_by_key,
        coalesce(stage.business_line = pipeline_stage.pipeline, false) as is_of_line,
        coalesce(not stage.is_deleted, false) as is_there,
        coalesce(stage.is_won, false) as is_won, coalesce(stage.is_lost, false) as is_lost
    from ops.pipeline_stage
    left join staging.stage
        on stage.connection = pipeline_stage.connection
        and (stage.stage_key = pipeline_stage.written_as or stage.stage_name = pipeline_stage.written_as)
),
called as (
    select
        meant.*,
        first_value(source_stage_key) over (
            partition by connection, pipeline, stage
            order by is_itself desc, is_there desc, is_by_key desc, is_of_line desc, source_stage_key
        ) as stage_key
    from meant
),
configured as (
    select distinct on (connection, pipeline, source_stage_key) *
    from called
    order by connection, pipeline, source_stage_key, is_by_key desc, is_itself desc, stage_order
)
select
    connection, pipeline, source_stage_key, stage_key, stage_order, gate,
    case when outcome is null then is_won else outcome = 'won' end as is_won,
    case when outcome is null then is_lost else outcome = 'lost' end as is_lost,
    true as is_configured
from configured
union all
select
    stage.connection, coalesce(stage.business_line, ''), stage.stage_key, stage.stage_key, stage.stage_order, cast(null as varchar),
    coalesce(stage.is_won, false), coalesce(stage.is_lost, false), false
from staging.stage
where not stage.is_deleted and stage.connection not in (select connection from ops.pipeline_stage)
