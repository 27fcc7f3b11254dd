-- what     Statements of bank files (对账单) with their check: opening + Σ lines = closing, and each opening = the closing before.
--          METRICS APP-5. The chain is compared through the lines of the account between two openings, so that statements that
--          overlap are no break; one that begins with what another ended with on that day follows it.
-- grain    one row per statement of a file; a file that is there twice counts once
-- key      bank_statement_id
-- sources  staging.bank_statement, staging.bank_transaction
-- column   line_difference: opening + lines - closing, in the account's currency; null where the bank gives no balances
-- column   chain_difference: this opening - what the statement before and the lines since give; null for the first one
-- column   opening_amount: in the account's currency
with statement as (
    select
        connection || ':' || source_id as bank_statement_id,
        connection, source_id, account, currency, number, file_name, line_count, gap_count, is_stated,
        opening_amount, closing_amount, lines_amount, from_date, to_date, source_updated_at, recorded_at
    from staging.bank_statement
    where not is_deleted
),
movement as ( -- what a day's lines move, and the places at which a statement begins: before the lines of its first day
    select
        connection, account, coalesce(currency, 'CNY') as currency, value_date as day, 1 as turn, null as bank_statement_id,
        sum(coalesce(amount, amount_cny)) as amount
    from staging.bank_transaction
    where not is_deleted
    group by connection, account, coalesce(currency, 'CNY'), value_date
    union all
    select connection, account, currency, from_date, 0, bank_statement_id, 0
    from statement
    where opening_amount is not null
),
running as (
    select
        bank_statement_id,
        sum(amount) over (partition by connection, account, currency order by day, turn rows between unbounded preceding and current row)
            as moved_before
    from movement
),
ending as (
    select connection, account, currency, to_date, closing_amount, min(bank_statement_id) as one_id, max(bank_statement_id) as other_id
    from statement
    where closing_amount is not null
    group by connection, account, currency, to_date, closing_amount
),
placed as (
    select
        statement.*,
        statement.opening_amount - running.moved_before as start_amount, -- of the account before its first line: always the same
        ending.one_id is not null
            and (ending.one_id <> statement.bank_statement_id or ending.other_id <> statement.bank_statement_id) as is_handed_over
    from statement
    join running on running.bank_statement_id = statement.bank_statement_id
    left join ending
        on ending.connection = statement.connection and ending.account = statement.account and ending.currency = statement.currency
        and ending.to_date = statement.from_date and ending.closing_amount = statement.opening_amount
),
chained as (
    select
        bank_statement_id, start_amount, opening_amount, is_handed_over,
        lag(start_amount) over followed as start_before, lag(closing_amount) over followed as closing_before
    from placed
    window followed as (
        partition by connection, account, currency
        order by from_date, case when is_handed_over then 1 else 0 end, to_date, lpad(coalesce(number, ''), 20, '0'), file_name, source_id
    )
)
select
    statement.bank_statement_id, statement.account, statement.currency, statement.number, statement.file_name,
    statement.line_count, statement.gap_count, statement.is_stated,
    statement.opening_amount, statement.closing_amount, statement.lines_amount,
    (statement.opening_amount + statement.lines_amount - statement.closing_amount)::decimal(18, 2) as line_difference,
    case
        when chained.start_before is null then null
        when chained.is_handed_over or chained.opening_amount = chained.closing_before then 0
        else chained.start_amount - chained.start_before
    end::decimal(18, 2) as chain_difference,
    statement.from_date, statement.to_date,
    statement.connection, statement.source_id, statement.source_updated_at, statement.recorded_at
from statement
left join chained on chained.bank_statement_id = statement.bank_statement_id
