-- what     Receivables (应收单) of Kingdee in CNY; red documents (红字) are credit notes. Estimated ones (暂估) do not count: they
--          are delivered-not-invoiced (ORD-5), no receivable.
-- grain    one row per document
-- key      connection, source_id
-- sources  raw.receivables, raw.deliveries, raw.receivable_entries
-- column   order_number: of the document's lines; of several the smallest
-- column   delivery_date: of the delivery that its lines name; of several the last
with order_of_document as (
    select fid, min(nullif(trim(fordernumber), '')) as order_number
    from raw.receivable_entries where _deleted_at is null group by fid
),
delivered as (
    select entry.fid, max(delivery.fdate) as delivery_date
    from raw.receivable_entries as entry
    join raw.deliveries as delivery on delivery.fbillno = entry.fsourcebillno
    where entry._deleted_at is null
    group by entry.fid
)
select
    document._connection as connection,
    document._source_id as source_id,
    document.fbillno as number,
    cast(document.fcustomerid as varchar) as customer_ref,
    order_of_document.order_number,
    nullif(trim(document.fsaleerid_fnumber), '') as owner_number,
    cast(coalesce(nullif(document.fallamount, 0),
        round(document.fallamountfor * coalesce(nullif(document.fexchangerate, 0), 1), 2)) as decimal(18, 2)) as amount_cny,
    document.fallamountfor < 0 as is_credit_note,
    document.fdocumentstatus = 'C' and coalesce(nullif(trim(document.fcancelstatus), ''), 'A') = 'A'
        and coalesce(nullif(trim(document.fsetaccounttype), ''), '3') <> '2' as is_counted,
    document.fdate as document_date,
    document.fenddate_h as due_date,
    delivered.delivery_date,
    document._deleted_at is not null as is_deleted,
    document._deleted_at as deleted_at,
    document.fmodifydate as source_updated_at,
    coalesce(document.fapprovedate, document.fcreatedate, document._first_extracted_at) as recorded_at
from raw.receivables as document
left join order_of_document on order_of_document.fid = document.fid
left join delivered on delivered.fid = document.fid
