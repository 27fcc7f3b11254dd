-- what     Stages of 商机2.0 in the order of their options. The vendor marks neither the won nor the lost stage: their labels do.
-- grain    one row per option of the field 商机阶段
-- key      connection, source_id
-- sources  raw.options
select
    _connection as connection,
    _source_id as source_id,
    value as stage_key,
    label as stage_name,
    null as business_line,
    null as benchmark_source,
    cast(position as int) as stage_order,
    null as benchmark_rate,
    label like '%赢单%' or label in ('成交', '已成交') as is_won,
    label like '%输单%' or label like '%丢单%' or label like '%无效%' as is_lost,
    _deleted_at is not null as is_deleted,
    null as benchmark_date,
    _extracted_at as source_updated_at,
    _first_extracted_at as recorded_at
from raw.options
where stream = 'opportunities' and field = 'sales_stage'
