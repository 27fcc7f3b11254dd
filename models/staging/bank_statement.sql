-- what     What bank files say about one statement (对账单): balances before and after, and the sum of its lines. METRICS APP-5.
-- grain    one row per statement of a file
-- key      connection, source_id
-- column   from_date: first day that the file or its lines name; to_date the last
-- column   opening_amount: in the account's currency, overdrawn is negative; null where the bank gives no balances, as closing_amount
-- column   is_stated: the file itself states both balances; else they are those of its first and last line
-- column   gap_count: lines whose balance does not follow from the line before
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as account,
    null::varchar as currency,
    null::varchar as number,
    null::varchar as file_name,
    null::int as line_count,
    null::int as gap_count,
    null::decimal(18, 2) as opening_amount,
    null::decimal(18, 2) as closing_amount,
    null::decimal(18, 2) as lines_amount,
    null::boolean as is_stated,
    null::date as from_date,
    null::date as to_date,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
