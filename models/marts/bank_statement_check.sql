-- what     Statement check (银行对账): does every bank statement add up, and does it follow the one before. METRICS APP-5, target 0.
--          Accounts are the company's: only who may see all sees them.
-- grain    one row per statement of a file
-- key      bank_statement_id
-- sources  core.bank_statement
-- column   state: balanced; broken (its own lines do not give its closing balance); gap (it does not begin where the one before ended:
--          a file is missing, or lines were posted late); unknown (the bank gives no balances)
-- column   difference: what is missing, in the account's currency; difference_cents the same in cents, without a sign
-- column   difference_cny: for accounts in CNY; null for others
-- accepted state: balanced, broken, gap, unknown
with checked as (
    select
        bank_statement.*,
        case
            when line_difference is null then 'unknown'
            when line_difference <> 0 then 'broken'
            when coalesce(chain_difference, 0) <> 0 then 'gap'
            else 'balanced'
        end as state,
        case when line_difference <> 0 then line_difference else coalesce(chain_difference, line_difference) end as difference
    from core.bank_statement
)
select
    bank_statement_id, account, currency, number, file_name, line_count, gap_count, is_stated, state,
    opening_amount, lines_amount, closing_amount, line_difference, chain_difference,
    difference,
    cast(abs(difference) * 100 as bigint) as difference_cents,
    case when currency = 'CNY' then difference end as difference_cny,
    from_date, to_date, connection,
    'company' as rls_owner, 'company' as rls_region
from checked
