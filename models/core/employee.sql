-- what     A person of ours (员工). Who has left stays, since statements and visits stay with the person who made them (METRICS 0.9).
-- grain    one row per employee
-- key      employee_id
-- sources  core.employee_identity, staging.employee
-- column   role: sales, region_manager, manager or finance
-- column   manager_id: employee_id of the superior; null at the top
-- column   crm_connection: connection of the record the rest is taken from
-- column   crm_ref: source_id of that record
-- accepted role: sales, region_manager, manager, finance
select distinct on (employee_identity.employee_id)
    employee_identity.employee_id,
    employee.name, employee.region, employee.role,
    nullif(trim(employee.manager_number), '') as manager_id,
    employee.connection as crm_connection, employee.source_id as crm_ref,
    employee.connection, employee.source_id, employee.source_updated_at, employee.recorded_at
from core.employee_identity
join staging.employee
    on employee.connection = employee_identity.connection and employee.source_id = employee_identity.source_id
order by employee_identity.employee_id, employee.is_deleted, employee.connection, employee.source_id
