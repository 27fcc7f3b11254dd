-- what     The pipeline of stages an opportunity goes through: the one of its business line in millrace.yaml, else the connection's for
--          all lines; where millrace.yaml names none, the one its stage belongs to in the CRM. METRICS 7.1.
-- grain    one row per opportunity
-- key      opportunity_id
-- sources  core.opportunity, core.stage_key
-- column   pipeline: null if there is none for its business line: then none of its stages is mapped
with pipeline as (
    select connection, pipeline, min(is_configured::int) as is_configured,
        count(*) over (partition by connection) as pipelines
    from core.stage_key
    group by connection, pipeline
)
select
    opportunity.opportunity_id, opportunity.connection, opportunity.business_line,
    coalesce(
        case when of_line.is_configured = 1 then of_line.pipeline end,
        case when of_all.is_configured = 1 then of_all.pipeline end,
        of_stage.pipeline, of_line.pipeline, of_all.pipeline, single.pipeline
    ) as pipeline
from core.opportunity
left join pipeline as of_line
    on of_line.connection = opportunity.connection and of_line.pipeline = opportunity.business_line
left join pipeline as of_all
    on of_all.connection = opportunity.connection and of_all.pipeline = ''
left join core.stage_key as of_stage -- without millrace.yaml a key belongs to one pipeline
    on of_stage.connection = opportunity.connection and of_stage.source_stage_key = opportunity.stage_key
    and not of_stage.is_configured
left join pipeline as single
    on single.connection = opportunity.connection and single.pipelines = 1 and single.is_configured = 0
