-- what     Customer shipments (发货单) of Tryton at order prices with tax; those that left count.
-- grain    one row per shipment
-- key      connection, source_id
-- sources  raw.shipments, raw.stock_moves, raw.sale_lines, raw.sales, raw.currencies, raw.currency_rates
-- column   amount_cny: quantity sent x the order line's amount with its share of the order's tax
with rate as (
    select
        currency_rates.currency, currencies.code, currency_rates.rate,
        currency_rates.date as valid_from,
        lead(currency_rates.date) over (partition by currency_rates.currency order by currency_rates.date) as valid_to
    from raw.currency_rates as currency_rates
    join raw.currencies as currencies on currencies.id = currency_rates.currency
    where currency_rates._deleted_at is null
),
dated as (
    select sales.*, coalesce(sales.sale_date, business_date(sales.create_date)) as order_date from raw.sales as sales
),
factor as (
    select
        dated.id,
        cast(dated.total_amount as double precision) / nullif(cast(dated.untaxed_amount as double precision), 0)
            * case when currencies.code = 'CNY' then 1 else cast(base.rate as double precision)
                / nullif(cast(foreign_rate.rate as double precision), 0) end as cny_with_tax
    from dated
    left join raw.currencies as currencies on currencies.id = dated.currency
    left join rate as foreign_rate
        on foreign_rate.currency = dated.currency
        and foreign_rate.valid_from <= dated.order_date and coalesce(foreign_rate.valid_to > dated.order_date, true)
    left join rate as base
        on base.code = 'CNY' and base.valid_from <= dated.order_date and coalesce(base.valid_to > dated.order_date, true)
),
moved as (
    select
        stock_moves.shipment,
        sum(cast(sale_lines.amount as double precision) * cast(stock_moves.quantity as double precision)
            / nullif(abs(cast(sale_lines.quantity as double precision)), 0) * factor.cny_with_tax) as amount_cny
    from raw.stock_moves as stock_moves
    join raw.sale_lines as sale_lines on stock_moves.origin = 'sale.line,' || sale_lines._source_id
    join factor on factor.id = sale_lines.sale
    where stock_moves._deleted_at is null and stock_moves.state <> 'cancelled'
    group by stock_moves.shipment
)
select
    shipment._connection as connection, shipment._source_id as source_id,
    shipment.number, cast(shipment.customer as varchar) as customer_ref,
    cast(abs(moved.amount_cny) as decimal(18, 2)) as amount_cny,
    shipment.state in ('shipped', 'done') as is_counted,
    shipment.effective_date as delivery_date,
    shipment._deleted_at is not null as is_deleted,
    shipment.last_modified_at as source_updated_at, shipment.create_date as recorded_at
from raw.shipments as shipment
left join moved on moved.shipment = 'stock.shipment.out,' || shipment._source_id
