-- what     When an invoice of Tryton falls due, part by part: its lines on the receivable account. A line that was rescheduled and
--          the one that took it back settle each other and are left out, so that only the new dates remain.
-- grain    one row per line of the ledger that belongs to an invoice
-- key      connection, source_id
-- sources  raw.receivable_lines, raw.moves, raw.journals, raw.invoices
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
paired as ( -- reconciled with nothing but lines of the same invoice
    select
        ledger.*,
        reconciliation is not null
            and min(invoice) over (partition by reconciliation) = max(invoice) over (partition by reconciliation)
            and count(*) over (partition by reconciliation)
                = sum(case when what = 'invoice' then 1 else 0 end) over (partition by reconciliation) as is_paired
    from ledger where _deleted_at is null
)
select
    _connection as connection, _source_id as source_id,
    cast(invoice as varchar) as document_ref,
    cast(row_number() over (partition by invoice order by maturity_date, id) as int) as line_number,
    amount_cny, false as is_retention,
    coalesce(maturity_date, move_date) as due_date,
    false as is_deleted, cast(null as timestamp) as deleted_at,
    last_modified_at as source_updated_at, create_date as recorded_at
from paired
where what = 'invoice' and move_state = 'posted' and not is_paired
