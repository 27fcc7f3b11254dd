-- what     Every entry of an opportunity into a stage: the CRM's moves; the stage it was created in, where the first move names it
--          or there is no move; and its end, where the CRM closes by status and not by stage (won = the last stage, on the last
--          second of the closing day). METRICS 7.1.
-- grain    one row per entry, before repeats and corrections are dropped
-- key      opportunity_id, entered_at, sequence, source_id
-- sources  core.employee_identity, core.opportunity, core.opportunity_pipeline, core.stage, core.stage_key, ops.sync_interval,
--          staging.stage_change
-- column   stage_key: the pipeline's stage; an unmapped key as the CRM writes it; '(unknown)' before the end of one that was seen closed only
-- column   is_mapped: false for a key that stands for no stage of the opportunity's pipeline
-- column   sequence: order among entries of one instant
-- column   precision: exact or snapshot (seen at a sync or known by its day only)
-- column   precision_minutes: how far before entered_at the move may lie: the sync interval, or a day; null if exact
-- column   moved_by: employee_id of who moved it; null if the CRM does not say
-- accepted precision: exact, snapshot
with move as (
    select
        opportunity.opportunity_id, stage_change.from_stage_key, stage_change.to_stage_key as source_stage_key,
        stage_change.changed_at as entered_at, coalesce(stage_change.sequence, 0) as sequence, stage_change.precision,
        employee_identity.employee_id as moved_by,
        stage_change.connection, stage_change.source_id, stage_change.source_updated_at, stage_change.recorded_at
    from staging.stage_change
    join core.opportunity
        on opportunity.connection = stage_change.connection and opportunity.source_id = stage_change.opportunity_ref
    left join core.employee_identity
        on employee_identity.connection = stage_change.connection
        and employee_identity.source_id = stage_change.changed_by_ref
    where not stage_change.is_deleted
),
first_move as (
    select distinct on (opportunity_id) * from move order by opportunity_id, entered_at, sequence, source_id
),
last_move as (
    select distinct on (opportunity_id) * from move order by opportunity_id, entered_at desc, sequence desc, source_id desc
),
history as ( -- exact before snapshot: a connection that keeps its moves knows of an opportunity that never moved, too
    select connection, min(precision) as precision from move group by connection
),
placed as ( -- with the stage it is in now
    select
        opportunity.*, opportunity_pipeline.pipeline, stage_key.stage_key as mapped_key,
        coalesce(stage_key.is_won, false) as is_in_won, coalesce(stage_key.is_lost, false) as is_in_lost
    from core.opportunity
    join core.opportunity_pipeline on opportunity_pipeline.opportunity_id = opportunity.opportunity_id
    left join core.stage_key
        on stage_key.connection = opportunity.connection and stage_key.pipeline = opportunity_pipeline.pipeline
        and stage_key.source_stage_key = opportunity.stage_key
),
created as (
    select
        placed.opportunity_id, placed.created_at as entered_at,
        case
            when first_move.opportunity_id is not null then first_move.from_stage_key
            when (placed.is_in_won or placed.is_in_lost) and business_date(placed.created_at) < placed.closed_date then '(unknown)'
            else placed.stage_key
        end as source_stage_key,
        coalesce(first_move.precision, history.precision, 'snapshot') as precision,
        placed.connection, placed.source_id, placed.source_updated_at, placed.recorded_at
    from placed
    left join first_move on first_move.opportunity_id = placed.opportunity_id
    left join history on history.connection = placed.connection
    where placed.created_at is not null
        and (first_move.opportunity_id is null
            or (first_move.from_stage_key is not null and placed.created_at < first_move.entered_at))
),
closed as (
    select
        placed.*,
        coalesce(last_move.source_stage_key, created.source_stage_key, placed.stage_key) as last_stage_key,
        greatest(
            coalesce(last_move.entered_at, placed.created_at),
            coalesce(placed.closed_date, business_date(placed.source_updated_at)) + interval '15 hours 59 minutes 59 seconds'
        ) as entered_at -- 23:59:59 in Shanghai
    from placed
    left join last_move on last_move.opportunity_id = placed.opportunity_id
    left join created on created.opportunity_id = placed.opportunity_id
    where placed.status in ('won', 'lost')
),
entry as (
    select
        opportunity_id, source_stage_key, entered_at, sequence, precision, cast(null as int) as day_minutes, moved_by,
        connection, source_id, source_updated_at, recorded_at
    from move
    union all
    select
        opportunity_id, source_stage_key, entered_at, -1, precision, null, null, connection, source_id, source_updated_at, recorded_at
    from created
    where source_stage_key is not null
    union all
    select
        closed.opportunity_id,
        coalesce(
            case when closed.is_in_lost = (closed.status = 'lost') and (closed.is_in_won or closed.is_in_lost) then closed.stage_key end,
            closing_stage.stage_key, '(' || closed.status || ')'
        ),
        closed.entered_at, 1000000, 'snapshot', 1440, null,
        closed.connection, closed.source_id, closed.source_updated_at, closed.recorded_at
    from closed
    left join core.stage_key as last_stage
        on last_stage.connection = closed.connection and last_stage.pipeline = closed.pipeline
        and last_stage.source_stage_key = closed.last_stage_key
    left join core.stage as last_place
        on last_place.connection = last_stage.connection and last_place.pipeline = last_stage.pipeline
        and last_place.stage_key = last_stage.stage_key
    left join core.stage as closing_stage
        on closing_stage.connection = closed.connection and closing_stage.pipeline = closed.pipeline
        and closing_stage.is_closing and closing_stage.is_lost = (closed.status = 'lost')
    where case closed.status
        when 'lost' then not coalesce(last_place.is_lost, false)
        else not coalesce(last_place.is_closing and not last_place.is_lost, false)
    end
)
select
    entry.opportunity_id, opportunity_pipeline.pipeline, entry.source_stage_key,
    coalesce(stage_key.stage_key, entry.source_stage_key) as stage_key, stage_key.stage_key is not null as is_mapped,
    entry.entered_at, entry.sequence, entry.precision,
    case when entry.precision = 'snapshot' then coalesce(entry.day_minutes, sync_interval.minutes) end as precision_minutes,
    entry.moved_by, entry.connection, entry.source_id, entry.source_updated_at, entry.recorded_at
from entry
join core.opportunity_pipeline on opportunity_pipeline.opportunity_id = entry.opportunity_id
left join core.stage_key
    on stage_key.connection = entry.connection and stage_key.pipeline = opportunity_pipeline.pipeline
    and stage_key.source_stage_key = entry.source_stage_key
left join ops.sync_interval on sync_interval.connection = entry.connection
