-- what     Changes of an opportunity's amount and expected close: exact from the tenant's own log object (商机变更); for an opportunity
--          without any record there, from what our syncs saw (precision 'snapshot'). The first record's values before it are those of
--          the creation. What was deleted or invalidated (作废) left when we missed it. METRICS FUN-5, FUN-9.
-- grain    one row per change, and one for the values at the creation
-- key      connection, source_id
-- sources  raw.opportunity_changes, raw.opportunities, raw.opportunities__history, raw.options
with logged as (
    select
        changes.*,
        _deleted_at is not null or coalesce(life_status, '') = 'invalid' as is_gone,
        row_number() over (partition by opportunity__c order by changed_time__c, _source_id) as number
    from raw.opportunity_changes as changes
),
before as ( -- the first known value of each field before it changed for the first time
    select distinct on (opportunity__c)
        opportunity__c,
        _connection, _source_id, last_modified_time,
        first_value(from_amount__c) over (
            partition by opportunity__c order by case when from_amount__c is null then 1 else 0 end, number
        ) as amount,
        first_value(from_close_date__c) over (
            partition by opportunity__c order by case when from_close_date__c is null then 1 else 0 end, number
        ) as close_date
    from logged
    where not is_gone
    order by opportunity__c, number
),
seen as (
    select
        opportunity._connection, history._source_id, history.amount, history.close_date, history._seen_at,
        case
            when coalesce(status.label, '') like '%无效%' then 'invalid'
            when coalesce(status.label, '') like '%赢单%' then 'won'
            when coalesce(status.label, '') like '%输单%' then 'lost'
            else 'open'
        end as status,
        row_number() over (partition by history._source_id order by history._seen_at) as number
    from raw.opportunities__history as history
    join raw.opportunities as opportunity on opportunity._source_id = history._source_id
    left join raw.options as status
        on status.stream = 'opportunities' and status.field = 'sales_status' and status.value = history.sales_status
    where not exists (select 1 from raw.opportunity_changes as exact where exact.opportunity__c = history._source_id)
)
select
    _connection as connection,
    _source_id as source_id,
    opportunity__c as opportunity_ref,
    cast(null as varchar) as owner_ref,
    cast(null as varchar) as status,
    'exact' as precision,
    to_amount__c as amount_cny,
    cast(number as int) as sequence,
    is_gone as is_deleted,
    business_date(to_close_date__c) as expected_close_date,
    changed_time__c as changed_at,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from logged
union all
select
    before._connection, before._source_id || '-before', before.opportunity__c, null, null, 'exact',
    before.amount, 0, false, business_date(before.close_date),
    opportunities.create_time, before.last_modified_time, opportunities.create_time
from before
join raw.opportunities as opportunities on opportunities._source_id = before.opportunity__c
where opportunities.create_time is not null
union all
select
    _connection, _source_id || '@' || cast(number as varchar), _source_id, null,
    case when number > 1 then status end, -- closed when first seen: since when, its stages tell
    'snapshot', amount, cast(number as int), false, business_date(close_date), _seen_at, _seen_at, _seen_at
from seen
where number > 1 -- what the first sync saw is what it was before, and what it is without a change
    or exists (select 1 from seen as later where later._source_id = seen._source_id and later.number > 1)
union all
select
    _connection, _source_id || '-deleted', _source_id, null, 'invalid', 'snapshot', null, 1000000, false, null,
    _deleted_at, _deleted_at, _deleted_at
from raw.opportunities
where _deleted_at is not null
