-- what     The states of Tryton's opportunities, which are the same in every Tryton.
-- grain    one row per state
-- key      connection, source_id
-- sources  raw.opportunities
with known as (
    select 'lead' as stage_key, '线索' as stage_name, 1 as stage_order, false as is_won, false as is_lost
    union all select 'opportunity', '商机', 2, false, false
    union all select 'converted', '已报价', 3, false, false
    union all select 'won', '赢单', 4, true, false
    union all select 'cancelled', '取消', 5, false, true
    union all select 'lost', '输单', 6, false, true
),
connection as (
    select _connection, min(_first_extracted_at) as first_extracted_at from raw.opportunities group by _connection
)
select
    connection._connection as connection, known.stage_key as source_id,
    known.stage_key, known.stage_name, null as business_line, null as benchmark_source,
    known.stage_order, null as benchmark_rate, known.is_won, known.is_lost,
    false as is_deleted, null as benchmark_date,
    connection.first_extracted_at as source_updated_at, connection.first_extracted_at as recorded_at
from connection
cross join known
