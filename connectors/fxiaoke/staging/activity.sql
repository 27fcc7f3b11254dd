-- what     Sales records of 纷享销客 (销售记录). What they are about stands in a list of records, or in lookups of newer tenants; their kind
--          is read from the label of 跟进类型. A kind we do not know counts as an internal note: it must not pass for contact.
-- grain    one row per sales record
-- key      connection, source_id
-- sources  raw.activities, raw.options
with labelled as (
    select
        activities.*,
        coalesce(kind.label, activities.active_record_type, '') as kind_label,
        coalesce(cast(activities.related_object_data as varchar), '') as related
    from raw.activities as activities
    left join raw.options as kind
        on kind.stream = 'activities' and kind.field = 'active_record_type' and kind.value = activities.active_record_type
),
found as ( -- the text of the list's element that names an object, its members in either order
    select
        labelled.*,
        case when related like '%"AccountObj"%' then
            reverse(split_part(reverse(split_part(related, '"AccountObj"', 1)), '{', 1))
            || split_part(split_part(related, '"AccountObj"', 2), '}', 1)
        end as account_element,
        case when related like '%"NewOpportunityObj"%' then
            reverse(split_part(reverse(split_part(related, '"NewOpportunityObj"', 1)), '{', 1))
            || split_part(split_part(related, '"NewOpportunityObj"', 2), '}', 1)
        end as opportunity_element
    from labelled
)
select
    _connection as connection,
    _source_id as source_id,
    coalesce(account_id, nullif(split_part(split_part(account_element, '"id"', 2), '"', 2), '')) as customer_ref,
    coalesce(new_opportunity_id, nullif(split_part(split_part(opportunity_element, '"id"', 2), '"', 2), '')) as opportunity_ref,
    json_first(owner) as owner_ref,
    case
        when kind_label like '%计划%' then 'planned'
        when kind_label like '%拜访%' or kind_label like '%外勤%' then 'visit'
        when kind_label like '%电话%' then 'call'
        when kind_label like '%会议%' then 'meeting'
        when kind_label like '%来信%' or kind_label like '%来电%' or kind_label like '%收到%' then 'message_in'
        when kind_label like '%发送%' or kind_label like '%微信%' or kind_label like '%邮件%' then 'message_out'
        when kind_label like '%报价%' then 'quotation'
        when kind_label like '%样%' then 'sample'
        when kind_label like '%图纸%' then 'drawing'
        else 'internal_note'
    end as activity_type,
    active_record_content as note,
    _deleted_at is not null or coalesce(life_status, '') = 'invalid' as is_deleted,
    coalesce(occurred_time__c, create_time) as occurred_at,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from found
