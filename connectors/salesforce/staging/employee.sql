-- what     Users of Salesforce. The role is read from the title, the region is the department of those who sell. Who was switched off
--          stays: old records are theirs.
-- grain    one row per user
-- key      connection, source_id
-- sources  raw.users
with person as (
    select
        users.*,
        case
            when lower(users.title) like '%finance%' or lower(users.title) like '%account%ant%' or users.title like '%财务%'
                or users.title like '%会计%' then 'finance'
            when lower(users.title) like '%region%' or users.title like '%区域%' or users.title like '%大区%' then 'region_manager'
            when lower(users.title) like '%director%' or lower(users.title) like '%head of%' or lower(users.title) like 'vp%'
                or lower(users.title) like 'vice president%' or lower(users.title) like 'chief%' or users.title like '%总监%'
                or users.title like '%总经理%' or users.title like '%副总%' then 'manager'
            else 'sales'
        end as role
    from raw.users as users
)
select
    person._connection as connection,
    person._source_id as source_id,
    coalesce(person.employeenumber, person._source_id) as employee_number,
    person.name,
    case when person.role in ('sales', 'region_manager') then person.department end as region,
    person.role,
    case when manager._source_id is not null then coalesce(manager.employeenumber, manager._source_id) end as manager_number,
    person._deleted_at is not null as is_deleted,
    person.systemmodstamp as source_updated_at,
    coalesce(person.createddate, person._first_extracted_at) as recorded_at
from person
left join raw.users as manager on manager._source_id = person.managerid
