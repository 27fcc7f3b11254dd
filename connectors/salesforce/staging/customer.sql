-- what     Accounts of Salesforce. The region is the department of the owner; class and credit code are fields of the org's own.
-- grain    one row per account
-- key      connection, source_id
-- sources  raw.accounts, raw.users
select
    account._connection as connection,
    account._source_id as source_id,
    account.name,
    null as short_name,
    null as former_names,
    account.credit_code__c as credit_code,
    case when upper(substr(account.class__c, 1, 1)) in ('A', 'B', 'C') then upper(substr(account.class__c, 1, 1)) end as customer_class,
    account.ownerid as owner_ref,
    owner.department as region,
    'crm' as kind,
    null as declared_yearly_purchase_cny,
    null as credit_limit_cny,
    null as payer_class,
    false as is_internal,
    account._deleted_at is not null or account.isdeleted as is_deleted,
    business_date(account.createddate) as created_date,
    account.systemmodstamp as source_updated_at,
    coalesce(account.createddate, account._first_extracted_at) as recorded_at
from raw.accounts as account
left join raw.users as owner on owner._source_id = account.ownerid
