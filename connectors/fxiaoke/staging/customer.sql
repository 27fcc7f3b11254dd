-- what     Accounts of 纷享销客 (客户). The class is the first letter of the level's label; the region is the name of the department
--          that the account belongs to (归属部门).
-- grain    one row per account
-- key      connection, source_id
-- sources  raw.accounts, raw.departments, raw.options
select
    account._connection as connection,
    account._source_id as source_id,
    account.name,
    account.short_name__c as short_name,
    null as former_names,
    account.uniform_social_credit_code as credit_code,
    case when upper(substr(level.label, 1, 1)) in ('A', 'B', 'C') then upper(substr(level.label, 1, 1)) end as customer_class,
    json_first(account.owner) as owner_ref,
    department.name as region,
    'crm' as kind,
    account.yearly_purchase__c as declared_yearly_purchase_cny,
    account.credit_limit__c as credit_limit_cny,
    null as payer_class,
    coalesce(account.is_internal__c, false) as is_internal,
    account._deleted_at is not null or coalesce(account.life_status, '') = 'invalid' as is_deleted,
    business_date(account.create_time) as created_date,
    account.last_modified_time as source_updated_at,
    coalesce(account.create_time, account._first_extracted_at) as recorded_at
from raw.accounts as account
left join raw.departments as department on department._source_id = json_first(account.data_own_department)
left join raw.options as level
    on level.stream = 'accounts' and level.field = 'account_level' and level.value = account.account_level
