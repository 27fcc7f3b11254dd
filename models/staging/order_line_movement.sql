-- what     What happened to a line of a sales order, in quantities: sent, sent back, invoiced, closed. For ORD-2, 3 and 5. A source whose
--          deliveries know no order lines has none, and then these numbers are missing, not zero.
-- grain    one row per line of a delivery, return, receivable document or closing
-- key      connection, source_id
-- column   order_line_ref: sales_order_line.source_id of the same connection
-- column   kind: delivered, returned, returned_for_replacement (换货: to be sent again), invoiced or closed (关闭: the rest will not come)
-- column   quantity: positive; of an invoiced line negative for a red document; null when closed
-- column   movement_date: of the delivery, return, document or closing
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as order_line_ref,
    null::varchar as kind,
    null::decimal(18, 6) as quantity,
    null::boolean as is_counted,
    null::date as movement_date,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
