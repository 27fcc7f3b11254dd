-- what     Returned goods that count (退货, 换货); the amount is positive. METRICS ORD-7.
-- grain    one row per return
-- key      goods_return_id
-- sources  core.customer, core.customer_identity, staging.goods_return
-- index    customer_id
select
    goods_return.connection || ':' || goods_return.source_id as goods_return_id,
    goods_return.number,
    coalesce(customer_identity.customer_id, goods_return.connection || ':' || goods_return.customer_ref) as customer_id,
    goods_return.reason, goods_return.amount_cny, goods_return.return_date,
    goods_return.connection, goods_return.source_id, goods_return.source_updated_at, goods_return.recorded_at
from staging.goods_return
left join core.customer_identity
    on customer_identity.connection = goods_return.connection and customer_identity.source_id = goods_return.customer_ref
left join core.customer on customer.customer_id = customer_identity.customer_id
where goods_return.is_counted and not goods_return.is_deleted and not coalesce(customer.is_internal, false)
