-- what     A delivery to a customer (发货). Returns are goods_return, not negative deliveries.
-- grain    one row per delivery
-- key      connection, source_id
-- column   amount_cny: delivered value at order prices, tax included (ORD-4)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as number,
    null::varchar as customer_ref,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_counted,
    null::date as delivery_date,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
