-- what     People of files. Without a staff number the id is one; without a role they sell.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.employee
select
    _connection as connection,
    source_id,
    coalesce(employee_number, source_id) as employee_number,
    name,
    region,
    coalesce(role, 'sales') as role,
    manager_number,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.employee
