-- what     What settles Kingdee's receivables: its match log (应收收款核销记录), seen from the paying side. What a receipt line settles
--          beyond the money received (现金折扣, 手续费, 长短款) becomes an allocation of its own kind, on the line's largest match;
--          so does what the receipt's rate brings more or less than the invoice's (汇兑损益, METRICS 0.4).
-- grain    one row per match entry, and one more per discount, bank fee, difference or exchange difference of a receipt line
-- key      connection, source_id
-- sources  raw.match_logs, raw.receipt_entries, raw.receipts, raw.receivables
-- column   receipt_ref: the receipt line's id; 'refund-' and FID when a refund pays a credit note out
-- column   instalment_ref: the line of the payment plan (FTARGETENTRYID), where the tenant has the field
-- column   kind: set_off for payables, deduction for other receivables (其他应收单)
with paying as ( -- the log also has a mirror entry from the paid side; of two receivables the negative one pays
    select * from raw.match_logs
    where ftargetfromid = 'AR_receivable' and not (fsourcefromid = 'AR_receivable' and fcurwrittenoffamountfor > 0)
),
receipt_line as (
    select
        entry.fid,
        entry.freceivebillentry_fentryid as entry_id,
        coalesce(nullif(receipt.fexchangerate, 0), 1) as rate,
        row_number() over (partition by entry.fid order by entry.freceivebillentry_fentryid) as line_position,
        case
            when entry.fpurposeid_fnumber = 'SFKYT02_SYS' then 'prepayment_applied'
            when entry.fsettletypeid_fnumber = 'JSFS07_SYS' or entry.fsettletypeid_fname like '%银行承兑%' then 'bank_bill'
            when entry.fsettletypeid_fname like '%云信%' or entry.fsettletypeid_fname like '%迪链%' then 'supply_chain_note'
            when entry.fsettletypeid_fnumber = 'JSFS06_SYS' or entry.fsettletypeid_fname like '%商业承兑%' then 'commercial_bill'
            else 'cash'
        end as kind,
        cast(round(coalesce(entry.fsettledistamountfor, 0) * coalesce(nullif(receipt.fexchangerate, 0), 1), 2)
            as decimal(18, 2)) as discount_cny,
        cast(round(coalesce(entry.fhandlingchargefor, 0) * coalesce(nullif(receipt.fexchangerate, 0), 1), 2)
            as decimal(18, 2)) as bank_fee_cny,
        cast(round((entry.frectotalamountfor - entry.frealrecamountfor_d - coalesce(entry.fsettledistamountfor, 0)
            - coalesce(entry.fhandlingchargefor, 0)) * coalesce(nullif(receipt.fexchangerate, 0), 1), 2)
            as decimal(18, 2)) as difference_cny
    from raw.receipt_entries as entry
    join raw.receipts as receipt on receipt.fid = entry.fid
),
receipt_match as ( -- an inner join: with `or` inside, an outer one would compare all with all
    select paying._source_id, receipt_line.entry_id, receipt_line.kind, receipt_line.rate, receipt_line.discount_cny, receipt_line.bank_fee_cny, receipt_line.difference_cny
    from paying
    join receipt_line on receipt_line.fid = paying.fsrcbillid
    where paying.fsourcefromid = 'AR_RECEIVEBILL'
        and (receipt_line.entry_id = paying.fsrcrowid or (coalesce(paying.fsrcrowid, 0) = 0 and receipt_line.line_position = 1))
),
matched as materialized ( -- five parts read it
    select
        paying._connection as connection,
        paying._source_id as source_id,
        paying.ftargetbillno as document_number,
        cast(nullif(paying.ftargetentryid, 0) as varchar) as instalment_ref,
        case when paying.fsourcefromid = 'AR_receivable' then paying.fsrcbillno end as credit_note_number,
        case paying.fsourcefromid
            when 'AR_RECEIVEBILL' then cast(receipt_line.entry_id as varchar)
            when 'AR_REFUNDBILL' then 'refund-' || cast(paying.fsrcbillid as varchar)
        end as receipt_ref,
        case
            when paying.fsourcefromid = 'AR_RECEIVEBILL' then coalesce(receipt_line.kind, 'cash')
            when paying.fsourcefromid = 'AR_REFUNDBILL' then 'cash'
            when paying.fsourcefromid = 'AR_receivable' then 'credit_note'
            when lower(paying.fsourcefromid) like '%baddebt%' then 'write_off' -- a recovery (坏账收回) is a negative one
            when substr(paying.fsourcefromid, 1, 3) = 'AP_' then 'set_off'
            else 'deduction'
        end as kind,
        case
            when receipt_line.rate <> 1 or coalesce(nullif(target.fexchangerate, 0), 1) <> 1
                then round(abs(paying.fcurwrittenoffamountfor) * coalesce(nullif(target.fexchangerate, 0), 1), 2)
            else abs(coalesce(nullif(paying.fcurwrittenoffamount, 0), paying.fcurwrittenoffamountfor))
        end * (case when paying.fsourcefromid = 'AR_REFUNDBILL' or lower(paying.fsourcefromid) like '%recover%' then -1 else 1 end)
            as amount_cny,
        case when paying.fsourcefromid = 'AR_RECEIVEBILL' then round(abs(paying.fcurwrittenoffamountfor)
            * (coalesce(nullif(target.fexchangerate, 0), 1) - coalesce(receipt_line.rate, 1)), 2) else 0 end as fx_diff_cny,
        paying.fsrcdate as source_date,
        paying.fcreatedate as allocated_at,
        paying._deleted_at is not null as is_deleted,
        paying._deleted_at as deleted_at,
        coalesce(receipt_line.discount_cny, 0) as discount_cny,
        coalesce(receipt_line.bank_fee_cny, 0) as bank_fee_cny,
        coalesce(receipt_line.difference_cny, 0) as difference_cny,
        receipt_line.entry_id is not null and row_number() over (
            partition by receipt_line.entry_id, paying._deleted_at is null
            order by abs(paying.fcurwrittenoffamountfor) desc, paying.frecmacthlogentry_fentryid
        ) = 1 as is_largest
    from paying
    left join receipt_match as receipt_line on receipt_line._source_id = paying._source_id
    left join raw.receivables as target on target.fid = paying.ftargetbillid
),
part as (
    select
        connection, source_id, receipt_ref, document_number, instalment_ref, credit_note_number, kind,
        is_deleted, deleted_at, allocated_at,
        amount_cny - fx_diff_cny - (case when is_largest then discount_cny + bank_fee_cny + difference_cny else 0 end) as amount_cny,
        case when receipt_ref is null then source_date end as value_date
    from matched
    union all
    select
        connection, source_id || '/discount', null, document_number, instalment_ref, null, 'discount',
        is_deleted, deleted_at, allocated_at,
        discount_cny, source_date
    from matched where is_largest and discount_cny <> 0
    union all
    select
        connection, source_id || '/bank_fee', null, document_number, instalment_ref, null, 'bank_fee',
        is_deleted, deleted_at, allocated_at,
        bank_fee_cny, source_date
    from matched where is_largest and bank_fee_cny <> 0
    union all
    select
        connection, source_id || '/difference', null, document_number, instalment_ref, null,
        case when abs(difference_cny) <= 1 then 'rounding' else 'deduction' end, is_deleted, deleted_at, allocated_at,
        difference_cny, source_date
    from matched where is_largest and difference_cny <> 0
    union all
    select
        connection, source_id || '/fx_diff', null, document_number, instalment_ref, null, 'fx_diff',
        is_deleted, deleted_at, allocated_at,
        fx_diff_cny, source_date
    from matched where fx_diff_cny <> 0
)
select
    connection, source_id, receipt_ref, document_number, instalment_ref, credit_note_number, kind,
    cast(amount_cny as decimal(18, 2)) as amount_cny,
    value_date, allocated_at, is_deleted, deleted_at,
    allocated_at as source_updated_at,
    allocated_at as recorded_at
from part
