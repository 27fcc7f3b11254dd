-- what     Which days of which account are loaded: says whether "no money" is a fact or only a missing file (METRICS 0.11).
-- grain    one row per file and account
-- key      connection, source_id
-- column   covered_to: the last day in it
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as account,
    null::date as covered_from,
    null::date as covered_to,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
