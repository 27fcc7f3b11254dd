-- what     Money and bills received (收款单明细) and paid back (收款退款单) in Kingdee, in CNY. A receipt is one line of a receipt
--          bill, because each line has its own way of payment; its amount is what was really received (实收), without discount
--          and bank fee, which settle documents as allocations of their own kind.
-- grain    one row per line of a receipt bill, one per refund bill
-- key      connection, source_id
-- sources  raw.receipt_entries, raw.receipts, raw.refunds
-- column   source_id: FRECEIVEBILLENTRY_FEntryID; 'refund-' and FID for a refund
with line as (
    select
        entry._connection as connection,
        entry._source_id as source_id,
        receipt.fbillno as number,
        case when receipt.fcontactunittype = 'BD_Customer' then cast(receipt.fcontactunit as varchar) end as customer_ref,
        case
            when entry.fsettletypeid_fnumber = 'JSFS07_SYS' or entry.fsettletypeid_fname like '%银行承兑%' then 'bank_bill'
            when entry.fsettletypeid_fname like '%云信%' or entry.fsettletypeid_fname like '%迪链%' then 'supply_chain_note'
            when entry.fsettletypeid_fnumber = 'JSFS06_SYS' or entry.fsettletypeid_fname like '%商业承兑%' then 'commercial_bill'
            else 'cash'
        end as method,
        nullif(trim(entry.fsettleno), '') as bank_reference,
        cast(round(entry.frealrecamountfor_d * coalesce(nullif(receipt.fexchangerate, 0), 1), 2) as decimal(18, 2)) as amount_cny,
        coalesce(entry.fpurposeid_fnumber, '') = 'SFKYT02_SYS' as is_prepayment,
        receipt.fdocumentstatus = 'C' and coalesce(nullif(trim(receipt.fcancelstatus), ''), 'A') = 'A' as is_counted,
        receipt.fdate as receipt_date,
        entry._deleted_at is not null or receipt._deleted_at is not null as is_deleted,
        least(entry._deleted_at, receipt._deleted_at) as deleted_at,
        entry.fmodifydate as source_updated_at,
        coalesce(receipt.fapprovedate, receipt.fcreatedate, entry._first_extracted_at) as recorded_at
    from raw.receipt_entries as entry
    join raw.receipts as receipt on receipt.fid = entry.fid
),
refund as (
    select
        _connection as connection,
        'refund-' || _source_id as source_id,
        fbillno as number,
        case when fcontactunittype = 'BD_Customer' then cast(fcontactunit as varchar) end as customer_ref,
        'cash' as method,
        cast(null as varchar) as bank_reference,
        cast(-abs(round(frefundtotalamountfor * coalesce(nullif(fexchangerate, 0), 1), 2)) as decimal(18, 2)) as amount_cny,
        false as is_prepayment,
        fdocumentstatus = 'C' and coalesce(nullif(trim(fcancelstatus), ''), 'A') = 'A' as is_counted,
        fdate as receipt_date,
        _deleted_at is not null as is_deleted,
        _deleted_at as deleted_at,
        fmodifydate as source_updated_at,
        coalesce(fapprovedate, fcreatedate, _first_extracted_at) as recorded_at
    from raw.refunds
)
select
    connection, source_id, number, customer_ref, method, bank_reference, amount_cny, is_prepayment, is_counted, receipt_date,
    is_deleted, deleted_at, source_updated_at, recorded_at
from line
union all
select
    connection, source_id, number, customer_ref, method, bank_reference, amount_cny, is_prepayment, is_counted, receipt_date,
    is_deleted, deleted_at, source_updated_at, recorded_at
from refund
