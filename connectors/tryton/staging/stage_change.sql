-- what     Moves of Tryton's opportunities. Transitions are logged; lost and cancel write the state themselves and leave only
--          the click of their button; won leaves nothing, so the first confirmation of an order that came of it stands for it.
--          What none of them explains core.opportunity_stage_entry adds from the closing day.
-- grain    one row per move
-- key      connection, source_id
-- sources  raw.state_log, raw.opportunities, raw.sales
with logged as (
    select
        state_log._connection, state_log._source_id, state_log.resource as opportunity,
        case state_log.target when 'lost' then 'lost' when 'cancel' then 'cancelled'
            else replace(state_log.target, 'state:', '') end as to_stage_key,
        state_log.create_date as changed_at, state_log.last_modified_at, state_log._deleted_at
    from raw.state_log as state_log
    where state_log.resource like 'sale.opportunity,%'
),
won as (
    select sales.origin as opportunity, min(state_log.create_date) as changed_at
    from raw.sales as sales
    join raw.state_log as state_log
        on state_log.resource = 'sale.sale,' || sales._source_id and state_log.target = 'state:confirmed'
    group by sales.origin
),
moved as (
    select * from logged
    union all
    select
        opportunities._connection, 'won-' || opportunities._source_id, won.opportunity, 'won',
        won.changed_at, opportunities.last_modified_at, null
    from raw.opportunities as opportunities
    join won on won.opportunity = 'sale.opportunity,' || opportunities._source_id
    where opportunities.state = 'won'
),
numbered as (
    select
        moved.*,
        lag(to_stage_key) over (partition by opportunity order by changed_at, length(_source_id), _source_id) as before,
        row_number() over (partition by opportunity order by changed_at, length(_source_id), _source_id) as sequence
    from moved
)
select
    _connection as connection, _source_id as source_id,
    replace(opportunity, 'sale.opportunity,', '') as opportunity_ref,
    coalesce(before, 'lead') as from_stage_key, to_stage_key, null as changed_by_ref, -- every opportunity begins as a lead
    'exact' as precision, cast(sequence as int) as sequence,
    _deleted_at is not null as is_deleted,
    changed_at, last_modified_at as source_updated_at, changed_at as recorded_at
from numbered
