-- what     Every entry of an opportunity into a stage: the CRM's moves; the stage it was created in, where the first move names it
--          or there is no move; and its end, where the CRM closes by status and not by stage (won = the last stage, on the last
--          second of the closing day). METRICS 7.1.
-- grain    one row per entry, before repeats and corrections are dropped
-- key      opportunity_id, entered_at, sequence, source_id
-- sources  core.opportunity, core.stage, staging.stage_change
-- column   sequence: order among entries of one instant
-- column   precision: exact or snapshot (seen at a sync or known by its day only)
-- accepted precision: exact, snapshot
with move as (
    select
        opportunity.opportunity_id, stage_change.from_stage_key, stage_change.to_stage_key as stage_key,
        stage_change.changed_at as entered_at, coalesce(stage_change.sequence, 0) as sequence, stage_change.precision,
        stage_change.connection, stage_change.source_id, stage_change.source_updated_at, stage_change.recorded_at
    from staging.stage_change
    join core.opportunity
        on opportunity.connection = stage_change.connection and opportunity.source_id = stage_change.opportunity_ref
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
closed as (
    select
        opportunity.*,
        coalesce(last_move.stage_key, opportunity.stage_key) as last_stage_key,
        greatest(
            coalesce(last_move.entered_at, opportunity.created_at),
            coalesce(opportunity.closed_date, business_date(opportunity.source_updated_at)) + interval '15 hours 59 minutes 59 seconds'
        ) as entered_at -- 23:59:59 in Shanghai
    from core.opportunity
    left join last_move on last_move.opportunity_id = opportunity.opportunity_id
    where opportunity.status in ('won', 'lost')
)
select opportunity_id, stage_key, entered_at, sequence, precision, connection, source_id, source_updated_at, recorded_at
from move
union all
select
    opportunity.opportunity_id, coalesce(first_move.from_stage_key, opportunity.stage_key), opportunity.created_at, -1,
    coalesce(first_move.precision, history.precision, 'snapshot'),
    opportunity.connection, opportunity.source_id, opportunity.source_updated_at, opportunity.recorded_at
from core.opportunity
left join first_move on first_move.opportunity_id = opportunity.opportunity_id
left join history on history.connection = opportunity.connection
where opportunity.created_at is not null
    and (first_move.opportunity_id is null
        or (first_move.from_stage_key is not null and opportunity.created_at < first_move.entered_at))
union all
select
    closed.opportunity_id, coalesce(closing_stage.stage_key, '(' || closed.status || ')'), closed.entered_at, 1000000, 'snapshot',
    closed.connection, closed.source_id, closed.source_updated_at, closed.recorded_at
from closed
left join core.stage as last_stage
    on last_stage.connection = closed.connection and last_stage.stage_key = closed.last_stage_key
left join core.stage as closing_stage
    on closing_stage.connection = last_stage.connection
    and closing_stage.business_line is not distinct from last_stage.business_line
    and closing_stage.is_closing and closing_stage.is_lost = (closed.status = 'lost')
where case closed.status
    when 'lost' then not coalesce(last_stage.is_lost, false)
    else not coalesce(last_stage.is_closing and not last_stage.is_lost, false)
end
