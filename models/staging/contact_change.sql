-- what     What changed in the record of a contact (联系人变动): one field, before and after; from the source's own history, or from
--          what our syncs saw.
-- grain    one row per changed field
-- key      connection, source_id
-- column   contact_ref: contact.source_id of the same connection
-- column   field: title, department, customer (the values are customer.source_id) or left (the value is the day, or 'yes')
-- column   precision: exact (the source says when), or snapshot (the sync that saw it; the change was earlier)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as contact_ref,
    null::varchar as field,
    null::varchar as from_value,
    null::varchar as to_value,
    null::varchar as precision,
    null::boolean as is_deleted,
    null::timestamp as changed_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
