-- what     A line of a document's payment plan (收款计划). A document without lines is due as one.
-- grain    one row per plan line
-- key      connection, source_id
-- column   document_ref: receivable_document.source_id of the same connection
-- column   is_retention: held back until its due date (质保金, METRICS 3.6)
-- column   deleted_at: when the source was seen to have it no more, UTC; what was known before stays known (METRICS 0.2)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as document_ref,
    null::int as line_number,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_retention,
    null::date as due_date,
    null::boolean as is_deleted,
    null::timestamp as deleted_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
