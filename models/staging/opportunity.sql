-- what     A sales opportunity (商机) as it stands in its CRM.
-- grain    one row per opportunity
-- key      connection, source_id
-- column   customer_ref: customer.source_id of the same connection; null if the CRM names none
-- column   owner_ref: employee.source_id of the same connection
-- column   stage_key: stage.stage_key of the same connection
-- column   status: open, won, lost or invalid (作废, duplicates)
-- column   lead_source: where it came from (来源), in the CRM's words
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as name,
    null::varchar as customer_ref,
    null::varchar as owner_ref,
    null::varchar as stage_key,
    null::varchar as status,
    null::varchar as lost_reason,
    null::varchar as business_line,
    null::varchar as lead_source,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_deleted,
    null::date as expected_close_date,
    null::date as closed_date,
    null::timestamp as created_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
