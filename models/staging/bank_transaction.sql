-- what     A line of a bank statement (银行流水). Equal lines of one day are told apart by their position.
-- grain    one row per line
-- key      connection, source_id
-- column   amount_cny: in > 0, out < 0; null for a line in another currency: its own amount stays visible and never counts as CNY
-- column   amount: in the line's own currency, in > 0, out < 0
-- column   balance_cny: of the account after the line; null for another currency
-- column   value_date: the bank's booking date, which decides (METRICS 3.3)
-- column   bank_reference: what the bank calls the booking; a bank may use one again
-- column   direction: in or out
-- column   category: customer, internal, interest, tax, loan, refund, supplier or other; null and other stay in as unclassified
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as account,
    null::varchar as direction,
    null::varchar as counterparty_name,
    null::varchar as counterparty_account,
    null::varchar as remark,
    null::varchar as reference,
    null::varchar as bank_reference,
    null::varchar as category,
    null::varchar as currency,
    null::varchar as file_name,
    null::int as line_number,
    null::decimal(18, 2) as amount_cny,
    null::decimal(18, 2) as amount,
    null::decimal(18, 2) as balance_cny,
    null::date as value_date,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
