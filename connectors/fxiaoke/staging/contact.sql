-- what     Contacts of 纷享销客 (联系人).
-- grain    one row per contact
-- key      connection, source_id
-- sources  raw.contacts
select
    _connection as connection,
    _source_id as source_id,
    account_id as customer_ref,
    name,
    job_title as title,
    department,
    mobile1 as phone,
    email,
    is_key_person__c as is_key_person,
    coalesce(is_left__c, left_date__c is not null) as has_left,
    _deleted_at is not null or coalesce(life_status, '') = 'invalid' as is_deleted,
    business_date(left_date__c) as left_date,
    create_time as created_at,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from raw.contacts
