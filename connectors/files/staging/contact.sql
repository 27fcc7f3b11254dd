-- what     Contacts of files.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.contact
select
    _connection as connection,
    source_id,
    customer_ref,
    name,
    title,
    department,
    phone,
    email,
    is_key_person,
    coalesce(has_left, left_date is not null) as has_left,
    left_date,
    created_at,
    _deleted_at is not null as is_deleted,
    coalesce(source_updated_at, _extracted_at) as source_updated_at,
    coalesce(recorded_at, _first_extracted_at) as recorded_at
from raw.contact
