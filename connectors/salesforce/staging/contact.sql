-- what     Contacts of Salesforce. The vendor marks neither who decides nor who left.
-- grain    one row per contact
-- key      connection, source_id
-- sources  raw.contacts
select
    _connection as connection,
    _source_id as source_id,
    accountid as customer_ref,
    name,
    title,
    department,
    coalesce(mobilephone, phone) as phone,
    email,
    null as is_key_person,
    false as has_left,
    _deleted_at is not null or isdeleted as is_deleted,
    null as left_date,
    createddate as created_at,
    systemmodstamp as source_updated_at,
    coalesce(createddate, _first_extracted_at) as recorded_at
from raw.contacts
