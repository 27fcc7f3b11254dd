-- what     What became of Kingdee's bills (应收票据结算单): paid when due, discounted, endorsed, endorsement returned, dishonoured. A discount's
--          interest stands on the bill.
-- grain    one row per settlement document
-- key      connection, source_id
-- sources  raw.bill_settlements, raw.bills
-- column   with_recourse: null, Kingdee does not say
select
    settlement._connection as connection,
    settlement._source_id as source_id,
    cast(settlement.fbillrecid as varchar) as bill_ref,
    case settlement.fsettlestatus
        when '1' then 'matured' when '2' then 'discounted' when '3' then 'endorsed' when '4' then 'returned' when '5' then 'dishonoured'
    end as event,
    settlement.fdate as event_date,
    cast(null as decimal(18, 2)) as proceeds_cny,
    cast(case when settlement.fsettlestatus = '2'
        then round(bill.fdisinterestamount * coalesce(nullif(bill.fexchangerate, 0), 1), 2) end as decimal(18, 2)) as interest_cny,
    cast(null as boolean) as with_recourse,
    settlement.fdocumentstatus = 'C' and coalesce(nullif(trim(settlement.fcancelstatus), ''), 'A') = 'A'
        and settlement.fsettlestatus in ('1', '2', '3', '4', '5') as is_counted,
    settlement._deleted_at is not null as is_deleted,
    settlement.fmodifydate as source_updated_at,
    coalesce(settlement.fapprovedate, settlement.fcreatedate, settlement._first_extracted_at) as recorded_at
from raw.bill_settlements as settlement
left join raw.bills as bill on bill.fid = settlement.fbillrecid
