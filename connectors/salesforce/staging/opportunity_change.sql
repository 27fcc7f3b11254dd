-- what     Changes of opportunities: amount and closing day from OpportunityHistory (one row at the creation, one per change, the values
--          after it), the owner from OpportunityFieldHistory, where the org tracks it. An amount of a currency without a rate is null.
-- grain    one row per row of the vendor's histories
-- key      connection, source_id
-- sources  raw.opportunity_history, raw.opportunity_field_history, raw.currencies
select
    history._connection as connection,
    history._source_id as source_id,
    history.opportunityid as opportunity_ref,
    null as owner_ref,
    null as status,
    'exact' as precision,
    cast(history.amount * currency.cny_rate as decimal(18, 2)) as amount_cny,
    cast(row_number() over (partition by history.opportunityid order by history.createddate, history._source_id) as int) as sequence,
    history._deleted_at is not null or history.isdeleted as is_deleted,
    history.closedate as expected_close_date,
    history.createddate as changed_at,
    history.createddate as source_updated_at,
    coalesce(history.createddate, history._first_extracted_at) as recorded_at
from raw.opportunity_history as history
left join raw.currencies as currency
    on case when history.currencyisocode is null then currency.is_default else currency.iso_code = history.currencyisocode end
union all
select
    _connection as connection,
    _source_id as source_id,
    opportunityid as opportunity_ref,
    newvalue as owner_ref,
    null as status,
    'exact' as precision,
    null as amount_cny,
    0 as sequence,
    _deleted_at is not null or isdeleted as is_deleted,
    null as expected_close_date,
    createddate as changed_at,
    createddate as source_updated_at,
    coalesce(createddate, _first_extracted_at) as recorded_at
from raw.opportunity_field_history
where field = 'Owner' and newvalue like '005%' and length(newvalue) = 18 -- of a lookup one row holds the names, one the ids
