-- what     The tenant's own object for what people say will be paid (回款预测): one record per saying. METRICS 5.1.
-- grain    one row per record
-- key      connection, source_id
-- sources  raw.collection_forecasts, raw.options
-- column   thread_key: the record's own thread; else one person's sayings about one document, order or customer
with labelled as (
    select
        forecast.*,
        coalesce(json_first(forecast.stated_by__c), json_first(forecast.created_by)) as stated_by_ref,
        case
            when forecast.subject_kind__c in ('document', 'order') then forecast.subject_kind__c
            when kind.label like '%应收%' or kind.label like '%发票%' then 'document'
            when kind.label like '%订单%' then 'order'
            else 'none'
        end as subject_kind,
        case
            when forecast.certainty__c in ('expected', 'promised', 'confirmed') then forecast.certainty__c
            when certainty.label like '已确认%' then 'confirmed'
            when certainty.label like '%承诺%' then 'promised'
            else 'expected'
        end as certainty
    from raw.collection_forecasts as forecast
    left join raw.options as kind
        on kind.stream = 'collection_forecasts' and kind.field = 'subject_kind__c' and kind.value = forecast.subject_kind__c
    left join raw.options as certainty
        on certainty.stream = 'collection_forecasts' and certainty.field = 'certainty__c'
        and certainty.value = forecast.certainty__c
)
select
    _connection as connection,
    _source_id as source_id,
    account__c as customer_ref,
    coalesce(
        thread__c,
        coalesce(stated_by_ref, '') || '/' || account__c || '/' || subject_kind || '/' || coalesce(subject_number__c, '')
    ) as thread_key,
    subject_kind,
    case when subject_kind <> 'none' then subject_number__c end as subject_number,
    stated_by_ref,
    certainty,
    method__c as method,
    evidence__c as evidence,
    amount__c as amount_cny,
    coalesce(is_withdrawn__c, false) as is_withdrawn,
    business_date(expected_date__c) as expected_date,
    coalesce(stated_time__c, create_time) as stated_at,
    _deleted_at is not null or coalesce(life_status, '') = 'invalid' as is_deleted,
    last_modified_time as source_updated_at,
    coalesce(create_time, _first_extracted_at) as recorded_at
from labelled
