-- what     Goods a customer sent back (退货, 换货).
-- grain    one row per return
-- key      connection, source_id
-- column   amount_cny: returned value at order prices, positive (ORD-7)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as number,
    null::varchar as customer_ref,
    null::varchar as reason,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_counted,
    null::date as return_date,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
