-- what     Something done with or for a customer (跟进记录): a visit, a call, a message, a note, a plan. METRICS HEA-3, FUN-10.
-- grain    one row per activity
-- key      connection, source_id
-- column   customer_ref: customer.source_id of the same connection; null where only the opportunity is named
-- column   opportunity_ref: opportunity.source_id of the same connection; null where only the customer is named
-- column   owner_ref: employee.source_id of the same connection
-- column   activity_type: visit, call, meeting, message_in, message_out, quotation, sample, drawing, internal_note or planned
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as customer_ref,
    null::varchar as opportunity_ref,
    null::varchar as owner_ref,
    null::varchar as activity_type,
    null::varchar as note,
    null::boolean as is_deleted,
    null::timestamp as occurred_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
