-- what     Employees of Tryton. They have no number of their own: the code of their party is the staff number.
-- grain    one row per employee
-- key      connection, source_id
-- sources  raw.employees, raw.parties
-- column   role: manager of those somebody reports to, else sales
with superior as (
    select distinct supervisor from raw.employees where supervisor is not null and _deleted_at is null
)
select
    employees._connection as connection, employees._source_id as source_id,
    parties.code as employee_number, parties.name, null as region,
    case when superior.supervisor is not null then 'manager' else 'sales' end as role,
    superior_party.code as manager_number,
    employees._deleted_at is not null as is_deleted,
    employees.last_modified_at as source_updated_at, employees.create_date as recorded_at
from raw.employees as employees
left join raw.parties as parties on parties.id = employees.party
left join superior on superior.supervisor = employees.id
left join raw.employees as superior_employee on superior_employee.id = employees.supervisor
left join raw.parties as superior_party on superior_party.id = superior_employee.party
