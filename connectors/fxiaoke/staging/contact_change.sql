-- what     Job changes that our syncs saw: queries give no history, so the change lies somewhere before the time given (precision 'snapshot').
-- grain    one row per changed field
-- key      connection, source_id
-- sources  raw.contacts, raw.contacts__history
with seen as (
    select
        contact._connection as connection, history._source_id as contact_ref, history._seen_at as changed_at,
        history.job_title, history.department, history.account_id, coalesce(history.is_left__c, false) as is_left,
        lag(history.job_title) over in_order as before_title, lag(history.department) over in_order as before_department,
        lag(history.account_id) over in_order as before_account, lag(coalesce(history.is_left__c, false)) over in_order as before_left,
        row_number() over in_order as number
    from raw.contacts__history as history
    join raw.contacts as contact on contact._source_id = history._source_id
    window in_order as (partition by history._source_id order by history._seen_at)
),
changed as (
    select connection, contact_ref, changed_at, number, 'title' as field, before_title as from_value, job_title as to_value
    from seen where number > 1 and before_title is distinct from job_title
    union all
    select connection, contact_ref, changed_at, number, 'department', before_department, department
    from seen where number > 1 and before_department is distinct from department
    union all
    select connection, contact_ref, changed_at, number, 'customer', before_account, account_id
    from seen where number > 1 and before_account is distinct from account_id
    union all
    select connection, contact_ref, changed_at, number, 'left', null, 'yes'
    from seen where number > 1 and is_left and not before_left
)
select
    connection,
    contact_ref || '/' || field || '/' || cast(number as varchar) as source_id,
    contact_ref, field, from_value, to_value,
    'snapshot' as precision,
    false as is_deleted,
    changed_at,
    changed_at as source_updated_at,
    changed_at as recorded_at
from changed
