-- what     Moves between stages: exact from the tenant's own history object; for an opportunity without any record there, from what
--          our syncs saw, where the move lies somewhere before the time given (precision 'snapshot'). METRICS 7.1.
-- grain    one row per move
-- key      connection, source_id
-- sources  raw.stage_changes, raw.opportunities, raw.opportunities__history
with seen as (
    select
        opportunity._connection as connection,
        history._source_id as opportunity_ref,
        history.sales_stage as to_stage_key,
        history._seen_at as changed_at,
        lag(history.sales_stage) over (partition by history._source_id order by history._seen_at) as from_stage_key,
        row_number() over (partition by history._source_id order by history._seen_at) as sequence
    from raw.opportunities__history as history
    join raw.opportunities as opportunity on opportunity._source_id = history._source_id
)
select
    _connection as connection,
    _source_id as source_id,
    opportunity__c as opportunity_ref,
    from_stage__c as from_stage_key,
    to_stage__c as to_stage_key,
    coalesce(json_first(created_by), json_first(owner)) as changed_by_ref,
    'exact' as precision,
    cast(row_number() over (partition by opportunity__c order by changed_time__c, _source_id) as int) as sequence,
    _deleted_at is not null or coalesce(life_status, '') = 'invalid' as is_deleted,
    changed_time__c as changed_at,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from raw.stage_changes
union all
select
    connection,
    opportunity_ref || '@' || cast(sequence as varchar) as source_id,
    opportunity_ref,
    from_stage_key,
    to_stage_key,
    null as changed_by_ref,
    'snapshot' as precision,
    cast(sequence as int) as sequence,
    false as is_deleted,
    changed_at,
    changed_at as source_updated_at,
    changed_at as recorded_at
from seen
where from_stage_key <> to_stage_key
    and not exists (select 1 from raw.stage_changes as exact where exact.opportunity__c = seen.opportunity_ref)
