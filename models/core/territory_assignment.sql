-- what     Who looks after a customer, and in which region, on every day (客户归属). METRICS 0.9. Where two periods overlap the
--          later start ends the earlier. A customer without any period has its present owner for ever; a gap is 'unassigned'.
-- grain    one row per customer and period; the periods of a customer cover all days once
-- key      customer_id, valid_from
-- sources  core.customer, core.customer_identity, core.employee, core.employee_identity, staging.territory_assignment
-- column   owner_id: employee_id or 'unassigned'
-- column   valid_to: the first day on which it no longer holds; null while open
-- index    customer_id
with stated as (
    select distinct on (customer_identity.customer_id, territory_assignment.valid_from)
        customer_identity.customer_id, employee_identity.employee_id as owner_id,
        territory_assignment.region, territory_assignment.valid_from, territory_assignment.valid_to,
        territory_assignment.connection, territory_assignment.source_id,
        territory_assignment.source_updated_at, territory_assignment.recorded_at
    from staging.territory_assignment
    join core.customer_identity
        on customer_identity.connection = territory_assignment.connection
        and customer_identity.source_id = territory_assignment.customer_ref
    left join core.employee_identity
        on employee_identity.connection = territory_assignment.connection
        and employee_identity.source_id = territory_assignment.owner_ref
    where not territory_assignment.is_deleted
        and (territory_assignment.valid_to is null or territory_assignment.valid_to > territory_assignment.valid_from)
    order by customer_identity.customer_id, territory_assignment.valid_from,
        territory_assignment.recorded_at desc, territory_assignment.connection, territory_assignment.source_id
),
ordered as (
    select
        stated.*,
        lead(valid_from) over (partition by customer_id order by valid_from) as next_from,
        row_number() over (partition by customer_id order by valid_from) as number
    from stated
),
period as (
    select customer_id, owner_id, region, valid_from, least(valid_to, next_from) as valid_to,
        connection, source_id, source_updated_at, recorded_at
    from ordered
    union all
    select customer_id, null, 'unassigned', date '1900-01-01', valid_from, connection, source_id, source_updated_at, recorded_at
    from ordered where number = 1
    union all
    select customer_id, null, 'unassigned', valid_to, next_from, connection, source_id, source_updated_at, recorded_at
    from ordered where valid_to < coalesce(next_from, date '9999-12-31')
    union all
    select customer.customer_id, customer.owner_id, customer.region, date '1900-01-01', null,
        customer.connection, customer.source_id, customer.source_updated_at, customer.recorded_at
    from core.customer left join stated on stated.customer_id = customer.customer_id
    where stated.customer_id is null
)
select
    period.customer_id,
    coalesce(period.owner_id, 'unassigned') as owner_id,
    coalesce(period.region, employee.region, customer.region, 'unassigned') as region,
    period.valid_from, period.valid_to,
    period.connection, period.source_id, period.source_updated_at, period.recorded_at
from period
join core.customer on customer.customer_id = period.customer_id
left join core.employee on employee.employee_id = period.owner_id
