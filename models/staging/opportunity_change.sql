-- what     A change of an opportunity's amount, expected close, owner or status (商机变更): the values after it. METRICS FUN-5, FUN-9.
--          From the CRM's own log, or from what our syncs saw (stream with `snapshot`, raw.<stream>__history).
-- grain    one row per change; where the log tells it, one more at the creation with the first values
-- key      connection, source_id
-- column   opportunity_ref: opportunity.source_id of the same connection
-- column   amount_cny: after the change; null = unchanged, as in the columns below
-- column   owner_ref: employee.source_id of the same connection
-- column   status: open, won, lost or invalid; null where stages tell it
-- column   precision: exact (the CRM's own log) or snapshot (seen at a sync, the change was earlier)
-- column   sequence: order among changes of one instant
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as opportunity_ref,
    null::varchar as owner_ref,
    null::varchar as status,
    null::varchar as precision,
    null::decimal(18, 2) as amount_cny,
    null::int as sequence,
    null::boolean as is_deleted,
    null::date as expected_close_date,
    null::timestamp as changed_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
