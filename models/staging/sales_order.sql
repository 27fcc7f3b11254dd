-- what     A sales order (销售订单). Tax-inclusive CNY (METRICS 0.3, 0.4).
-- grain    one row per order
-- key      connection, source_id
-- column   customer_ref: customer.source_id of the same connection
-- column   owner_number: staff number of the seller
-- column   is_counted: approved and not cancelled (METRICS 0.5)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as number,
    null::varchar as customer_ref,
    null::varchar as owner_number,
    null::decimal(18, 2) as amount_cny,
    null::varchar as currency,
    null::boolean as is_counted,
    null::boolean as is_closed,
    null::date as order_date,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
