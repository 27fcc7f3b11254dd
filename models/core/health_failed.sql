-- what     Whose indicators cannot be judged in which month because a source failed (not: has no data): one of the streams that feed the
--          indicator failed when it was last read, and was not read successfully on the as-of day or later (in the running month: the
--          day before). Customers that the failing connection knows; all of them where it knows none by itself (a bureau). METRICS 8.
-- grain    one row per customer, month and indicator
-- key      customer_id, month, indicator
-- sources  core.customer_identity, core.health_month, core.health_population, meta.model_source, meta.run, meta.run_stream
-- column   failed_source: connection.stream that failed, the first by name
with feed (indicator, entity) as (
    values
        ('punctuality', 'staging.receivable_document'), ('punctuality', 'staging.receipt'), ('punctuality', 'staging.allocation'),
        ('demand', 'staging.opportunity'), ('demand', 'staging.sales_order'), ('demand', 'staging.sales_order_line'),
        ('interaction', 'staging.activity'),
        ('orders', 'staging.sales_order'), ('orders', 'staging.delivery'), ('orders', 'staging.goods_return'),
        ('risk', 'staging.bureau_check'), ('risk', 'staging.risk_event')
),
read as (
    select
        run_stream.connection, run_stream.connection || '.' || run_stream.stream as source,
        run_stream.status = 'done' as is_good, business_date(run_stream.ended_at) as read_date,
        row_number() over (partition by run_stream.connection, run_stream.stream order by run_stream.ended_at desc, run_stream.run_id)
            as number
    from meta.run_stream
    join meta.run on run.run_id = run_stream.run_id
    where run.kind = 'sync' and run_stream.ended_at is not null
),
stream as (
    select connection, source, max(read_date) filter (where is_good) as good_date
    from read
    group by connection, source
    having bool_or(number = 1 and not is_good)
),
failed as (
    select distinct feed.indicator, stream.connection, stream.source, health_month.month
    from feed
    join meta.model_source on model_source.model = feed.entity and model_source.kind = 'stream'
    join stream on stream.source = model_source.source
    join core.health_month
        on coalesce(stream.good_date, date '0001-01-01') < health_month.month_end - health_month.is_running::int
)
select
    health_population.customer_id, health_population.month, failed.indicator, min(failed.source) as failed_source
from failed
join core.health_population on health_population.month = failed.month
where exists (
        select 1 from core.customer_identity
        where customer_identity.connection = failed.connection and customer_identity.customer_id = health_population.customer_id
    )
    or not exists (select 1 from core.customer_identity where customer_identity.connection = failed.connection)
group by health_population.customer_id, health_population.month, failed.indicator
