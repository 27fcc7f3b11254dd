-- what     Tasks and events of Salesforce. An open task and an event to come are planned, so they are no contact; a kind that we do not
--          know is an internal note. A task without a time of completion was done on its day.
-- grain    one row per task or event
-- key      connection, source_id
-- sources  raw.tasks, raw.events
with activity as (
    select
        _connection, _source_id, whatid, accountid, ownerid, subject, lower(coalesce(type, '')) as type,
        coalesce(lower(tasksubtype), 'task') as subtype, lower(coalesce(calltype, '')) as call_type, not isclosed as is_open,
        _deleted_at is not null or isdeleted as is_deleted,
        coalesce(completeddatetime, cast(activitydate as timestamp) - interval '8 hours', systemmodstamp) as occurred_at,
        createddate, systemmodstamp, _first_extracted_at
    from raw.tasks
    union all
    select
        _connection, _source_id, whatid, accountid, ownerid, subject, lower(coalesce(type, '')), 'event', '',
        coalesce(startdatetime, cast(activitydate as timestamp) - interval '8 hours') > utc_now(),
        _deleted_at is not null or isdeleted,
        coalesce(startdatetime, cast(activitydate as timestamp) - interval '8 hours', systemmodstamp),
        createddate, systemmodstamp, _first_extracted_at
    from raw.events
)
select
    _connection as connection,
    _source_id as source_id,
    coalesce(accountid, case when whatid like '001%' then whatid end) as customer_ref,
    case when whatid like '006%' then whatid end as opportunity_ref,
    ownerid as owner_ref,
    case
        when is_open then 'planned'
        when subtype = 'call' or type like '%call%' or type like '%电话%' or call_type <> '' then 'call'
        when type like '%visit%' or type like '%拜访%' then 'visit'
        when subtype in ('email', 'listemail') or type like '%email%' or type like '%邮件%' then 'message_out'
        when type like '%quot%' or type like '%报价%' then 'quotation'
        when type like '%sample%' or type like '%样%' then 'sample'
        when subtype = 'event' or type like '%meeting%' or type like '%会议%' then 'meeting'
        else 'internal_note'
    end as activity_type,
    subject as note,
    is_deleted,
    occurred_at,
    systemmodstamp as source_updated_at,
    coalesce(createddate, _first_extracted_at) as recorded_at
from activity
