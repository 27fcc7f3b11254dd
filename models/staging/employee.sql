-- what     A person of ours (员工) as one source knows it; ERP and CRM share the staff number.
-- grain    one row per employee record of a connection
-- key      connection, source_id
-- column   source_id: the source's own user id, to which owner_ref and stated_by_ref point
-- column   role: sales, region_manager, manager or finance
-- column   manager_number: staff number of the superior; null at the top
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as employee_number,
    null::varchar as name,
    null::varchar as region,
    null::varchar as role,
    null::varchar as manager_number,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
