-- what     What of each order line was ordered, sent, sent back and invoiced from when to when. METRICS ORD-2, ORD-5. Only of sources whose
--          deliveries know order lines: where none does, nothing is known of the rest, and a zero would lie (METRICS 0.11).
-- grain    one row per order line and period; as of D: from_date <= D and (to_date is null or to_date > D)
-- key      sales_order_line_id, from_date
-- sources  core.order_line_movement, core.sales_order_line
-- column   to_date: the first day on which it no longer holds; null for the last
-- column   undelivered_quantity: ordered - delivered + returned for replacement, at least 0; 0 once the line is closed
-- column   uninvoiced_quantity: delivered - returned (of either kind) - invoiced, at least 0
-- column   unit_price_cny: tax included, to six decimals
-- reference sales_order_line_id -> core.sales_order_line.sales_order_line_id
with told as (
    select distinct connection from core.order_line_movement
),
movement as (
    select
        sales_order_line.sales_order_line_id, sales_order_line.order_date as moved_date,
        sales_order_line.quantity as undelivered, 0 as uninvoiced, 0 as closed
    from core.sales_order_line
    join told on told.connection = sales_order_line.connection
    where sales_order_line.quantity is not null
    union all
    select
        sales_order_line_id, movement_date,
        case kind when 'delivered' then -quantity when 'returned_for_replacement' then quantity else 0 end,
        case when kind = 'delivered' then quantity when kind = 'closed' then 0 else -quantity end,
        case when kind = 'closed' then 1 else 0 end
    from core.order_line_movement
),
day as (
    select
        sales_order_line_id, moved_date,
        sum(undelivered) as undelivered, sum(uninvoiced) as uninvoiced, sum(closed) as closed
    from movement
    group by sales_order_line_id, moved_date
),
running as (
    select
        sales_order_line_id, moved_date as from_date,
        lead(moved_date) over (partition by sales_order_line_id order by moved_date) as to_date,
        sum(undelivered) over (partition by sales_order_line_id order by moved_date) as undelivered,
        sum(uninvoiced) over (partition by sales_order_line_id order by moved_date) as uninvoiced,
        sum(closed) over (partition by sales_order_line_id order by moved_date) as closed
    from day
)
select
    running.sales_order_line_id, running.from_date, running.to_date, sales_order_line.customer_id,
    (case when running.closed > 0 then 0 else greatest(running.undelivered, 0) end)::decimal(18, 6) as undelivered_quantity,
    (greatest(running.uninvoiced, 0))::decimal(18, 6) as uninvoiced_quantity,
    cast(cast(sales_order_line.amount_cny as double precision) / nullif(cast(sales_order_line.quantity as double precision), 0)
        as decimal(18, 6)) as unit_price_cny
from running
join core.sales_order_line on sales_order_line.sales_order_line_id = running.sales_order_line_id
where (running.undelivered > 0 and running.closed = 0) or running.uninvoiced > 0
