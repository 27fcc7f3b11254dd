-- what     Which source record is which employee (员工): records with one staff number are one person.
-- grain    one row per employee record of a connection
-- key      connection, source_id
-- sources  staging.employee
-- column   employee_id: the staff number; <connection>:<source_id> for a record without one
select
    connection, source_id,
    coalesce(nullif(trim(employee_number), ''), connection || ':' || source_id) as employee_id,
    source_updated_at, recorded_at
from staging.employee
