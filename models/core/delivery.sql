-- what     Deliveries that count (发货). METRICS ORD-4.
-- grain    one row per delivery
-- key      delivery_id
-- sources  core.customer, core.customer_identity, staging.delivery
-- index    customer_id
select
    delivery.connection || ':' || delivery.source_id as delivery_id,
    delivery.number,
    coalesce(customer_identity.customer_id, delivery.connection || ':' || delivery.customer_ref) as customer_id,
    delivery.amount_cny, delivery.delivery_date,
    delivery.connection, delivery.source_id, delivery.source_updated_at, delivery.recorded_at
from staging.delivery
left join core.customer_identity
    on customer_identity.connection = delivery.connection and customer_identity.source_id = delivery.customer_ref
left join core.customer on customer.customer_id = customer_identity.customer_id
where delivery.is_counted and not delivery.is_deleted and not coalesce(customer.is_internal, false)
