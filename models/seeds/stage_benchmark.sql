-- what     Benchmarks of stage conversion as a person typed them, with source and day (METRICS FUN-2); for CRMs that keep none.
-- grain    one row per stage name
-- key      stage_name
-- column   benchmark_rate: share expected to reach the next stage, 0 to 1
select
    null::varchar as stage_name, null::decimal(9, 6) as benchmark_rate,
    null::varchar as benchmark_source, null::date as benchmark_date
where false
