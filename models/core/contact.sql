-- what     People at a customer (联系人), each once: records of one mobile number, else of one e-mail address, else of one name, are one
--          person; the record changed last speaks. METRICS C4 of the requirements: contacts and job changes.
-- grain    one row per person at a customer
-- key      contact_id
-- sources  core.customer_identity, staging.contact
-- column   contact_id: <connection>:<source_id> of the record that speaks
-- column   person: what tells the person apart: mobile:, email: or name: and the value; the same mobile elsewhere is the same person
-- column   has_left: no longer works there
-- column   records: how many records of the sources this is
-- index    customer_id
-- required customer_id, name
-- reference customer_id -> core.customer.customer_id
with digits as (
    select
        contact.*, customer_identity.customer_id,
        right(regexp_replace(coalesce(contact.phone, ''), '[^0-9]', '', 'g'), 11) as mobile
    from staging.contact
    join core.customer_identity
        on customer_identity.connection = contact.connection and customer_identity.source_id = contact.customer_ref
    where not contact.is_deleted and contact.name is not null
),
person as (
    select
        digits.*,
        case
            when length(mobile) = 11 and substr(mobile, 1, 1) = '1' then 'mobile:' || mobile
            when email like '%@%' then 'email:' || lower(email)
            else 'name:' || normal_name(name)
        end as person
    from digits
),
placed as (
    select
        person.*,
        row_number() over (
            partition by customer_id, person
            order by coalesce(has_left, false), source_updated_at desc nulls last, connection, source_id
        ) as place,
        count(*) over (partition by customer_id, person) as records
    from person
)
select
    connection || ':' || source_id as contact_id,
    customer_id, person, name, title, department, phone, email,
    coalesce(is_key_person, false) as is_key_person,
    coalesce(has_left, false) as has_left, left_date,
    records::int as records,
    created_at, connection, source_id, source_updated_at, recorded_at
from placed
where place = 1
