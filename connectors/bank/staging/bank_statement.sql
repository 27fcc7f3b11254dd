-- what     What bank files say about one statement: balances before and after, and the sum of its lines. METRICS APP-5.
-- grain    one row per statement of a file
-- key      connection, source_id
-- sources  raw.statements
select
    _connection as connection,
    _source_id as source_id,
    account,
    currency,
    number,
    file_name,
    cast(lines as int) as line_count,
    cast(gap_count as int) as gap_count,
    opening_balance as opening_amount,
    closing_balance as closing_amount,
    lines_total as lines_amount,
    is_stated,
    from_date,
    to_date,
    _deleted_at is not null as is_deleted,
    read_at as source_updated_at,
    read_at as recorded_at
from raw.statements
where from_date is not null
