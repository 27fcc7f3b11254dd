-- what     Opportunities of 纷享销客 (商机2.0). Won, lost and invalid are read from the labels of 阶段状态, else of the stage; the day
--          of closing is that of the last change of stage.
-- grain    one row per opportunity
-- key      connection, source_id
-- sources  raw.opportunities, raw.options
with labelled as (
    select
        opportunities.*,
        coalesce(status.label, stage.label, '') as status_label,
        coalesce(reason.label, opportunities.lost_reason) as lost_reason_label
    from raw.opportunities as opportunities
    left join raw.options as status
        on status.stream = 'opportunities' and status.field = 'sales_status' and status.value = opportunities.sales_status
    left join raw.options as stage
        on stage.stream = 'opportunities' and stage.field = 'sales_stage' and stage.value = opportunities.sales_stage
    left join raw.options as reason
        on reason.stream = 'opportunities' and reason.field = 'lost_reason' and reason.value = opportunities.lost_reason
),
judged as (
    select
        labelled.*,
        case
            when coalesce(life_status, '') = 'invalid' or status_label like '%无效%' then 'invalid'
            when status_label like '%赢单%' then 'won'
            when status_label like '%输单%' then 'lost'
            else 'open'
        end as status
    from labelled
)
select
    _connection as connection,
    _source_id as source_id,
    name,
    account_id as customer_ref,
    json_first(owner) as owner_ref,
    sales_stage as stage_key,
    status,
    case when status = 'lost' then lost_reason_label end as lost_reason,
    business_line__c as business_line,
    lead_source__c as lead_source,
    amount as amount_cny,
    _deleted_at is not null as is_deleted,
    business_date(close_date) as expected_close_date,
    case when status in ('won', 'lost') then business_date(coalesce(stg_changed_time, last_modified_time)) end as closed_date,
    create_time as created_at,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from judged
