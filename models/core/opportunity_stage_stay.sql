-- what     How long an opportunity was in a stage each time it was there (阶段停留): [entered, left), the last one open. An entry
--          into the stage it is already in is no entry; A -> B -> A within the minutes of `funnel.correctionMinutes` [60] is a
--          correction, both moves are dropped (in a chain, the earliest pair first). METRICS 7.1.
-- grain    one row per stay
-- key      stay_id
-- sources  core.opportunity_stage_entry, core.stage, ops.funnel_setting
-- column   pipeline: of the opportunity; null if its business line has none
-- column   stage_order: null for a stage that is not mapped: out of the funnel, counted; also null for '(lost)'
-- column   stage_rank: place among the stages that are not lost, 1 the first
-- column   is_lost: the opportunity is lost; by status only, the stage is called '(lost)'
-- column   is_mapped: false for a key that is no stage of the pipeline
-- column   precision: of entered_at: exact, or snapshot (the sync that saw it; the move was earlier)
-- column   precision_minutes: how far before entered_at the move may lie; null if exact
-- column   moved_by: employee_id of who moved it here; null if the CRM does not say
-- column   left_by: employee_id of who moved it on
-- reference opportunity_id -> core.opportunity.opportunity_id
with setting as (
    select coalesce(max(case when name = 'correction_minutes' then value end), 60) as correction_minutes from ops.funnel_setting
),
moved as (
    select entry.*
    from (
        select
            opportunity_stage_entry.*,
            lag(stage_key) over (partition by opportunity_id order by entered_at, sequence, source_id) as before_key
        from core.opportunity_stage_entry
    ) as entry
    where stage_key is distinct from before_key
),
looked_around as (
    select
        moved.*,
        row_number() over in_order as number,
        lag(stage_key) over in_order = lead(stage_key) over in_order
            and setting.correction_minutes > 0
            and lead(sequence) over in_order <> 1000000 -- an end that only the status tells takes nothing back
            and lead(entered_at) over in_order - entered_at <= setting.correction_minutes * interval '1 minute' as is_undone
    from moved
    cross join setting
    window in_order as (partition by opportunity_id order by entered_at, sequence, source_id)
),
chained as ( -- undone moves next to each other are one chain; within it every second one is the way back
    select
        looked_around.*,
        coalesce(is_undone, false) as is_undone_here,
        number - row_number() over (partition by opportunity_id, coalesce(is_undone, false) order by number) as chain
    from looked_around
),
placed as (
    select
        chained.*,
        is_undone_here
            and row_number() over (partition by opportunity_id, is_undone_here, chain order by number) % 2 = 1 as opens_correction
    from chained
),
kept as (
    select correction.*
    from (
        select placed.*, lag(opens_correction) over (partition by opportunity_id order by number) as closes_correction
        from placed
    ) as correction
    where not opens_correction and not coalesce(closes_correction, false)
),
stay as (
    select
        kept.*,
        row_number() over in_order as stay_number,
        lead(entered_at) over in_order as left_at,
        lead(moved_by) over in_order as left_by,
        lead(stage_key) over in_order as next_stage_key
    from kept
    window in_order as (partition by opportunity_id order by number)
)
select
    stay.opportunity_id || ':' || stay.stay_number as stay_id,
    stay.opportunity_id,
    stay.stage_key, stay.pipeline, stage.stage_order, stage.stage_rank, stay.next_stage_key, stay.is_mapped,
    stay.precision, stay.precision_minutes, stay.moved_by, stay.left_by,
    coalesce(stage.is_won, false) as is_won,
    coalesce(stage.is_lost, stay.stage_key = '(lost)') as is_lost,
    stay.entered_at, stay.left_at,
    stay.connection, stay.source_id, stay.source_updated_at, stay.recorded_at
from stay
left join core.stage
    on stage.connection = stay.connection and stage.pipeline = stay.pipeline and stage.stage_key = stay.stage_key and stay.is_mapped
