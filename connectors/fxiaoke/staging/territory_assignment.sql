-- what     The tenant's own object for who looks after a customer (客户归属).
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.territory_assignments
select
    _connection as connection,
    _source_id as source_id,
    account__c as customer_ref,
    json_first(assigned_to__c) as owner_ref,
    region__c as region,
    _deleted_at is not null or coalesce(life_status, '') = 'invalid' as is_deleted,
    business_date(valid_from__c) as valid_from,
    business_date(valid_to__c) as valid_to,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from raw.territory_assignments
