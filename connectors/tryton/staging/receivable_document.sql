-- what     What customers owe in Tryton, in its ledger's CNY: customer invoices, and what else was booked on a receivable account
--          and is no money (balances brought forward, corrections). Its sources and rules: README.md.
-- grain    one row per customer invoice, or per line of the ledger without one
-- key      connection, source_id
-- sources  raw.invoices, raw.receivable_lines, raw.moves, raw.journals, raw.invoice_lines, raw.sale_lines, raw.sales, raw.currencies
-- column   source_id: of the invoice; line-<id> for a line of the ledger
-- column   number: several sequences may give one number: then the id follows it in brackets
-- column   amount_cny: what the entry booked; a draft's total if it is in CNY
-- column   order_number: of several the smallest
-- column   owner_number: null, an invoice has no seller in Tryton
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
booked as (
    select invoice, sum(amount_cny) as amount_cny, min(create_date) as booked_at from ledger
    where what = 'invoice' and _deleted_at is null group by invoice
),
billed as ( -- a credit note's lines come from the lines of the invoice it credits
    select invoice_lines.invoice, min(sales.number) as order_number
    from raw.invoice_lines as invoice_lines
    left join raw.invoice_lines as credited on invoice_lines.origin = 'account.invoice.line,' || credited._source_id
    join raw.sale_lines as sale_lines
        on coalesce(credited.origin, invoice_lines.origin) = 'sale.line,' || sale_lines._source_id
    join raw.sales as sales on sales.id = sale_lines.sale
    group by invoice_lines.invoice
)
select
    counted._connection as connection, counted._source_id as source_id,
    counted.own_number as number, cast(counted.party as varchar) as customer_ref,
    billed.order_number, null as owner_number,
    coalesce(booked.amount_cny, case when currencies.code = 'CNY' then counted.total_amount end) as amount_cny,
    counted.total_amount < 0 as is_credit_note,
    counted.is_counted and booked.amount_cny is not null as is_counted,
    counted.invoice_date as document_date, null as due_date, cast(null as date) as delivery_date,
    counted._deleted_at is not null as is_deleted, counted._deleted_at as deleted_at,
    counted.last_modified_at as source_updated_at, coalesce(booked.booked_at, counted.create_date) as recorded_at
from counted
left join booked on booked.invoice = counted.id
left join billed on billed.invoice = counted.id
left join raw.currencies as currencies on currencies.id = counted.currency
union all
select
    _connection, 'line-' || _source_id, coalesce(move_number, '') || ' [line ' || _source_id || ']', cast(party as varchar),
    null, null, amount_cny, amount_cny < 0, move_state = 'posted', move_date, maturity_date, null,
    _deleted_at is not null, _deleted_at, last_modified_at, create_date
from ledger
where what = 'other' or (what in ('write_off', 'fx_diff') and amount_cny > 0)
