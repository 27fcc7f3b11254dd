-- what     Opportunities of Salesforce. The amount is in CNY where the rate of its currency is known, else null; the closing day is that of
--          the last change of stage, since people write any day into CloseDate.
-- grain    one row per opportunity
-- key      connection, source_id
-- sources  raw.opportunities, raw.currencies
select
    opportunity._connection as connection,
    opportunity._source_id as source_id,
    opportunity.name,
    opportunity.accountid as customer_ref,
    opportunity.ownerid as owner_ref,
    opportunity.stagename as stage_key,
    case when opportunity.iswon then 'won' when opportunity.isclosed then 'lost' else 'open' end as status,
    case when opportunity.isclosed and not opportunity.iswon then opportunity.loss_reason__c end as lost_reason,
    opportunity.business_line__c as business_line,
    opportunity.leadsource as lead_source,
    cast(opportunity.amount * currency.cny_rate as decimal(18, 2)) as amount_cny,
    opportunity._deleted_at is not null or opportunity.isdeleted as is_deleted,
    opportunity.closedate as expected_close_date,
    case when opportunity.isclosed then coalesce(business_date(opportunity.laststagechangedate), opportunity.closedate) end as closed_date,
    opportunity.createddate as created_at,
    opportunity.systemmodstamp as source_updated_at,
    coalesce(opportunity.createddate, opportunity._first_extracted_at) as recorded_at
from raw.opportunities as opportunity
left join raw.currencies as currency
    on case when opportunity.currencyisocode is null then currency.is_default else currency.iso_code = opportunity.currencyisocode end
