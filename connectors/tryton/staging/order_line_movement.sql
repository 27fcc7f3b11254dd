-- what     What happened to Tryton's sale lines, in quantities: shipped, sent back, invoiced (ORD-2, ORD-5). A return is a sale line of its
--          own with a negative quantity. Tryton does not close lines.
-- grain    one row per stock move of a sale line that left or came back, and per invoice line of a sale line
-- key      connection, source_id
-- sources  raw.stock_moves, raw.shipments, raw.shipment_returns, raw.invoice_lines, raw.invoices
-- column   source_id: move-<id> or invoice_line-<id>
-- column   quantity: in the unit of the move or invoice line; of a credit note negative
with shipped as (
    select
        stock_moves.*, 'delivered' as kind, shipments.effective_date as shipment_date,
        shipments.state in ('shipped', 'done') as is_counted, shipments._deleted_at is not null as is_shipment_deleted
    from raw.stock_moves as stock_moves
    join raw.shipments as shipments on stock_moves.shipment = 'stock.shipment.out,' || shipments._source_id
    union all
    select
        stock_moves.*, 'returned', shipment_returns.effective_date,
        shipment_returns.state in ('received', 'done'), shipment_returns._deleted_at is not null
    from raw.stock_moves as stock_moves
    join raw.shipment_returns as shipment_returns on stock_moves.shipment = 'stock.shipment.out.return,' || shipment_returns._source_id
),
billed as ( -- a credit note's lines come from the invoice's lines
    select invoice_lines.*, coalesce(credited.origin, invoice_lines.origin) as line_origin
    from raw.invoice_lines as invoice_lines
    left join raw.invoice_lines as credited on invoice_lines.origin = 'account.invoice.line,' || credited._source_id
)
select
    _connection as connection, 'move-' || _source_id as source_id,
    split_part(origin, ',', 2) as order_line_ref, kind, quantity,
    is_counted and state <> 'cancelled' as is_counted,
    coalesce(effective_date, shipment_date) as movement_date,
    _deleted_at is not null or is_shipment_deleted as is_deleted,
    last_modified_at as source_updated_at, create_date as recorded_at
from shipped
union all
select
    billed._connection, 'invoice_line-' || billed._source_id,
    split_part(billed.line_origin, ',', 2), 'invoiced', billed.quantity,
    coalesce(invoices.state in ('posted', 'paid') or (invoices.state = 'cancelled' and invoices.cancel_move is not null), false),
    invoices.invoice_date,
    billed._deleted_at is not null or invoices._deleted_at is not null,
    billed.last_modified_at, billed.create_date
from billed
join raw.invoices as invoices on invoices.id = billed.invoice
where billed.line_origin like 'sale.line,%' and billed.quantity is not null
