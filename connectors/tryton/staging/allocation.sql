-- what     What pays what in Tryton. Lines of one reconciliation add up to zero; what an invoice has received before it is paid in
--          full is linked to it. Within such a group the oldest debit meets the oldest credit, so that each cent is used once.
-- grain    one row per debit and credit that meet, both lines of the ledger
-- key      connection, source_id
-- sources  raw.receivable_lines, raw.moves, raw.journals, raw.invoices, raw.invoice_payments, raw.reconciliations
-- column   source_id: <debit line>:<credit line>
-- column   amount_cny: negative where money goes back on a credit note
-- column   allocated_at: when the lines were reconciled, else when the later one was written
with entry as ( -- every line on a receivable account, with the entry that it, or what it cancels, was booked for
    select
        receivable_lines.*, receivable_lines.debit - receivable_lines.credit as amount_cny,
        moves.number as move_number, moves.date as move_date, moves.state as move_state,
        coalesce(cancelled.origin, moves.origin) as booked_for, journals.type as journal_type,
        max(case when receivable_lines.second_currency is null then 0 else 1 end)
            over (partition by receivable_lines.reconciliation) as has_foreign
    from raw.receivable_lines as receivable_lines
    join raw.moves as moves on moves.id = receivable_lines.move
    left join raw.moves as cancelled on moves.origin = 'account.move,' || cancelled._source_id
    left join raw.journals as journals on journals.id = moves.journal
),
ledger as ( -- README.md, "Which records become what"
    select
        entry.*, invoices.id as invoice,
        case
            when entry.journal_type in ('cash', 'statement') or entry.booked_for like 'account.payment,%' then 'money'
            when invoices.id is not null then 'invoice'
            when entry.reconciliation is null then 'other'
            when entry.booked_for is null and entry.second_currency is null and entry.has_foreign = 1 then 'fx_diff'
            when entry.journal_type = 'write-off' then 'write_off'
            else 'other'
        end as what
    from entry
    left join raw.invoices as invoices on entry.booked_for = 'account.invoice,' || invoices._source_id
),
counted as ( -- posted and paid ones; an invoice credited in full is called cancelled, but its credit note counts and so does it
    select
        invoices.*,
        invoices.state in ('posted', 'paid') or (invoices.state = 'cancelled' and credit_note.id is not null) as is_counted,
        case when count(*) over (partition by invoices.number) > 1
            then invoices.number || ' [' || invoices._source_id || ']' else invoices.number end as own_number
    from raw.invoices as invoices
    left join raw.invoices as credit_note
        on credit_note.move = invoices.cancel_move and credit_note.state in ('posted', 'paid')
),
member as (
    select
        ledger.*, ledger.amount_cny > 0 as is_debit, abs(ledger.amount_cny) as width_cny,
        case
            when ledger.what = 'invoice' then counted.own_number
            when ledger.what = 'other' or (ledger.what in ('write_off', 'fx_diff') and ledger.amount_cny > 0)
                then coalesce(ledger.move_number, '') || ' [line ' || ledger._source_id || ']'
        end as document_number,
        case when ledger.reconciliation is not null then 'reconciliation ' || cast(ledger.reconciliation as varchar)
            else 'invoice ' || cast(coalesce(invoice_payments.invoice, ledger.invoice) as varchar) end as meeting
    from ledger
    left join counted on counted.id = ledger.invoice
    left join raw.invoice_payments as invoice_payments
        on invoice_payments.line = ledger.id and invoice_payments._deleted_at is null
    where ledger._deleted_at is null and ledger.move_state = 'posted' and ledger.amount_cny <> 0
        and (ledger.what <> 'invoice' or counted.is_counted)
),
alone as ( -- rescheduled: nothing but lines of one invoice
    select meeting from member where reconciliation is not null
    group by meeting
    having min(invoice) = max(invoice) and count(*) = sum(case when what = 'invoice' then 1 else 0 end)
),
reached as (
    select
        member.*,
        sum(width_cny) over (
            partition by member.meeting, is_debit order by coalesce(maturity_date, move_date), id
        ) as high_cny
    from member
    left join alone on alone.meeting = member.meeting
    where member.meeting is not null and alone.meeting is null
),
met as (
    select
        debit._connection, debit._source_id || ':' || credit._source_id as source_id,
        debit._source_id as debit_ref, debit.what as debit_what, debit.document_number as debit_number,
        credit._source_id as credit_ref, credit.what as credit_what, credit.document_number as credit_number,
        credit.move_date as credit_date,
        least(debit.high_cny, credit.high_cny)
            - greatest(debit.high_cny - debit.width_cny, credit.high_cny - credit.width_cny) as amount_cny,
        coalesce(reconciliations.create_date, greatest(debit.create_date, credit.create_date)) as allocated_at,
        greatest(debit.last_modified_at, credit.last_modified_at) as last_modified_at
    from reached as debit
    join reached as credit
        on credit.meeting = debit.meeting and debit.is_debit and not credit.is_debit
        and debit.high_cny - debit.width_cny < credit.high_cny and credit.high_cny - credit.width_cny < debit.high_cny
    left join raw.reconciliations as reconciliations on reconciliations.id = debit.reconciliation
)
select
    _connection as connection, source_id,
    case when credit_what = 'money' then credit_ref when debit_what = 'money' then debit_ref end as receipt_ref,
    coalesce(case when debit_what = 'money' then credit_number else debit_number end, '') as document_number,
    cast(null as varchar) as instalment_ref,
    case when debit_what <> 'money' and credit_what in ('invoice', 'other') then credit_number end as credit_note_number,
    case
        when 'money' in (debit_what, credit_what) then 'cash'
        when credit_what in ('write_off', 'fx_diff') then credit_what
        else 'credit_note'
    end as kind,
    cast(case when debit_what = 'money' then -amount_cny else amount_cny end as decimal(18, 2)) as amount_cny,
    case when credit_what in ('write_off', 'fx_diff') then credit_date end as value_date,
    allocated_at, false as is_deleted, cast(null as timestamp) as deleted_at,
    last_modified_at as source_updated_at, allocated_at as recorded_at
from met
where not (debit_what = 'money' and credit_what in ('money', 'write_off', 'fx_diff')) -- money against money settles no document
