-- what     Bills and supply-chain notes (应收票据) of Kingdee's register, in CNY. What kind one is says the way of payment of the receipt
--          that carries its number; without such a receipt, whether a bank accepted it.
-- grain    one row per bill
-- key      connection, source_id
-- sources  raw.bills, raw.receipt_entries
with paid as (
    select
        nullif(trim(fsettleno), '') as number, min(freceivebillentry_fentryid) as entry_id,
        min(case
            when fsettletypeid_fname like '%云信%' or fsettletypeid_fname like '%迪链%' then 'supply_chain_note'
            when fsettletypeid_fnumber = 'JSFS06_SYS' or fsettletypeid_fname like '%商业承兑%' then 'commercial_bill'
            else 'bank_bill'
        end) as kind
    from raw.receipt_entries
    where _deleted_at is null
        and (fsettletypeid_fnumber in ('JSFS06_SYS', 'JSFS07_SYS') or fsettletypeid_fname like '%承兑%'
            or fsettletypeid_fname like '%云信%' or fsettletypeid_fname like '%迪链%')
    group by nullif(trim(fsettleno), '')
)
select
    bill._connection as connection,
    bill._source_id as source_id,
    coalesce(nullif(trim(bill.fbillnumber), ''), bill.fbillno) as number,
    coalesce(paid.kind, case when bill.facceptor like '%银行%' or bill.facceptor like '%财务公司%' then 'bank_bill'
        else 'commercial_bill' end) as kind,
    case when bill.fcontactunittype = 'BD_Customer' then cast(bill.fcontactunit as varchar) end as customer_ref,
    cast(paid.entry_id as varchar) as receipt_ref,
    nullif(trim(bill.facceptor), '') as acceptor,
    cast(round(bill.fparamountfor * coalesce(nullif(bill.fexchangerate, 0), 1), 2) as decimal(18, 2)) as face_cny,
    bill.fdate as signed_date,
    bill.fduedate as maturity_date,
    bill.fdocumentstatus = 'C' and coalesce(nullif(trim(bill.fcancelstatus), ''), 'A') = 'A' as is_counted,
    bill._deleted_at is not null as is_deleted,
    bill.fmodifydate as source_updated_at,
    coalesce(bill.fapprovedate, bill.fcreatedate, bill._first_extracted_at) as recorded_at
from raw.bills as bill
left join paid on paid.number = nullif(trim(bill.fbillnumber), '')
