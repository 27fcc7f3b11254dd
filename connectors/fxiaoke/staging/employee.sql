-- what     Users of 纷享销客 (人员); source_id is the user id that owner fields hold. The role is read from the job title (职位); the
--          region is the name of the main department, for sellers and region managers only.
-- grain    one row per user
-- key      connection, source_id
-- sources  raw.employees, raw.departments
with person as (
    select
        employees.*,
        case
            when employees.position like '%财务%' or employees.position like '%会计%' then 'finance'
            when employees.position like '%区域%' or employees.position like '%大区%' then 'region_manager'
            when employees.position like '%总监%' or employees.position like '%总经理%' or employees.position like '%副总%' then 'manager'
            else 'sales' -- 销售工程师, 客户经理, …
        end as role
    from raw.employees as employees
)
select
    person._connection as connection,
    person._source_id as source_id,
    person.employee_number,
    coalesce(person.full_name, person.name) as name,
    case when person.role in ('sales', 'region_manager') then department.name end as region,
    person.role,
    manager.employee_number as manager_number,
    person._deleted_at is not null or coalesce(person.life_status, '') = 'invalid' as is_deleted,
    person.last_modified_time as source_updated_at,
    coalesce(person.create_time, person._first_extracted_at) as recorded_at
from person
left join raw.departments as department on department._source_id = json_first(person.main_department)
left join raw.employees as manager on manager._source_id = json_first(person.leader)
