-- what     A move of an opportunity from one stage to another (阶段变更). METRICS 7.1.
-- grain    one row per move
-- key      connection, source_id
-- column   opportunity_ref: opportunity.source_id of the same connection
-- column   from_stage_key: null for the first stage an opportunity was in
-- column   changed_by_ref: employee.source_id of the same connection who moved it; null if the CRM does not say
-- column   sequence: order among moves of one instant
-- column   precision: exact (the CRM's own history) or snapshot (seen at a sync, the move was earlier)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as opportunity_ref,
    null::varchar as from_stage_key,
    null::varchar as to_stage_key,
    null::varchar as changed_by_ref,
    null::varchar as precision,
    null::int as sequence,
    null::boolean as is_deleted,
    null::timestamp as changed_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
