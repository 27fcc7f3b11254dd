-- what     Job changes of contacts (职务变动): another title or department, gone, or at another customer now. From the source's history, from
--          what two syncs saw, from the source's own mark that somebody left, and from one mobile number that left one customer and
--          turned up at another.
-- grain    one row per change
-- key      contact_change_id
-- sources  core.contact, core.customer_identity, staging.contact, staging.contact_change
-- column   kind: title, department, left or moved
-- column   customer_id: where the person was when it changed; of a move, where the person is now
-- column   from_customer_id: of a move, where the person was; else null. Null too if that record is no customer of ours
-- column   from_value, to_value: title or department before and after; null for left and moved
-- column   precision: exact (the source says when), snapshot (the sync that saw it; it was earlier), matched (by mobile number; the day
--          on which the new record was made)
-- index    customer_id, from_customer_id
-- accepted kind: title, department, left, moved
-- accepted precision: exact, snapshot, matched
with person as (
    select
        contact.connection, contact.source_id, contact.name, contact.has_left, contact.left_date, contact.created_at,
        contact.source_updated_at, contact.recorded_at, customer_identity.customer_id
    from staging.contact
    left join core.customer_identity
        on customer_identity.connection = contact.connection and customer_identity.source_id = contact.customer_ref
    where contact.name is not null
),
said as (
    select
        contact_change.connection || ':' || contact_change.source_id as contact_change_id,
        case contact_change.field when 'customer' then 'moved' else contact_change.field end as kind,
        contact_change.connection || ':' || contact_change.contact_ref as contact_id, person.name,
        case when contact_change.field = 'customer' then after.customer_id else person.customer_id end as customer_id,
        before.customer_id as from_customer_id,
        case when contact_change.field in ('title', 'department') then contact_change.from_value end as from_value,
        case when contact_change.field in ('title', 'department') then contact_change.to_value end as to_value,
        contact_change.precision, contact_change.changed_at, contact_change.recorded_at
    from staging.contact_change
    join person on person.connection = contact_change.connection and person.source_id = contact_change.contact_ref
    left join core.customer_identity as before
        on contact_change.field = 'customer' and before.connection = contact_change.connection
        and before.source_id = contact_change.from_value
    left join core.customer_identity as after
        on contact_change.field = 'customer' and after.connection = contact_change.connection
        and after.source_id = contact_change.to_value
    where not contact_change.is_deleted and contact_change.field in ('title', 'department', 'customer')
),
moved as ( -- the earliest record made elsewhere after the person left
    select gone.contact_id as gone_id, found.contact_id, found.name, found.customer_id, gone.customer_id as from_customer_id,
        found.created_at, found.recorded_at,
        row_number() over (partition by gone.contact_id order by found.created_at, found.contact_id) as place
    from core.contact as gone
    join core.contact as found
        on found.person = gone.person and found.customer_id <> gone.customer_id and not found.has_left
        and found.created_at > gone.created_at
    where gone.has_left and gone.person like 'mobile:%'
)
select
    contact_change_id, kind, contact_id, name, customer_id, from_customer_id, from_value, to_value, precision,
    business_date(changed_at) as changed_date, changed_at, recorded_at
from said
where customer_id is not null
union all
select
    'left:' || person.connection || ':' || person.source_id, 'left', person.connection || ':' || person.source_id, person.name,
    person.customer_id, null, null, null,
    case when person.left_date is not null then 'exact' else 'snapshot' end,
    coalesce(person.left_date, business_date(person.source_updated_at)), person.source_updated_at, person.recorded_at
from person
left join moved on moved.gone_id = person.connection || ':' || person.source_id and moved.place = 1
where person.has_left and person.customer_id is not null and moved.gone_id is null
union all
select
    'moved:' || gone_id, 'moved', contact_id, name, customer_id, from_customer_id, null, null, 'matched',
    business_date(created_at), created_at, recorded_at
from moved
where place = 1
