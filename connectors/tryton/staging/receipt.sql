-- what     Money from customers in Tryton: credits on a receivable account from a bank statement, a payment or a cash journal;
--          debits there are refunds and payments taken back.
-- grain    one row per such line of the ledger
-- key      connection, source_id
-- sources  raw.receivable_lines, raw.moves, raw.journals, raw.invoices, raw.statement_lines, raw.statements
-- column   number: statement and line; of a payment without a statement, the entry's number
-- column   bank_reference: the number on the statement's line
-- column   is_prepayment: false, Tryton marks none; what is not allocated shows as such
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
)
select
    ledger._connection as connection, ledger._source_id as source_id,
    coalesce(statements.name || '/' || coalesce(statement_lines.number, statement_lines._source_id), ledger.move_number) as number,
    cast(ledger.party as varchar) as customer_ref,
    'cash' as method, statement_lines.number as bank_reference,
    -ledger.amount_cny as amount_cny,
    false as is_prepayment, ledger.move_state = 'posted' as is_counted,
    coalesce(statement_lines.date, ledger.move_date) as receipt_date,
    ledger._deleted_at is not null as is_deleted, ledger._deleted_at as deleted_at,
    ledger.last_modified_at as source_updated_at, ledger.create_date as recorded_at
from ledger
left join raw.statement_lines as statement_lines on ledger.origin = 'account.statement.line,' || statement_lines._source_id
left join raw.statements as statements on statements.id = statement_lines.statement
where ledger.what = 'money'
