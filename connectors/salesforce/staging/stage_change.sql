-- what     Moves between stages from OpportunityHistory, to the second: its rows also tell of amounts and days, so a move is a row whose
--          stage is another than that of the row before.
-- grain    one row per move
-- key      connection, source_id
-- sources  raw.opportunity_history
with history as (
    select
        _connection, _source_id, opportunityid, stagename, createdbyid, createddate, _first_extracted_at,
        _deleted_at is not null or isdeleted as is_deleted,
        lag(stagename) over (partition by opportunityid order by createddate, _source_id) as from_stage_key,
        row_number() over (partition by opportunityid order by createddate, _source_id) as sequence
    from raw.opportunity_history
)
select
    _connection as connection,
    _source_id as source_id,
    opportunityid as opportunity_ref,
    from_stage_key,
    stagename as to_stage_key,
    createdbyid as changed_by_ref,
    'exact' as precision,
    cast(sequence as int) as sequence,
    is_deleted,
    createddate as changed_at,
    createddate as source_updated_at,
    coalesce(createddate, _first_extracted_at) as recorded_at
from history
where from_stage_key is null or from_stage_key <> stagename
