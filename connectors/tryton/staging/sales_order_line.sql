-- what     Lines of Tryton's sales with tax. A line knows its net amount only, so the order's total is shared out by it to the
--          cent: cents rounded down, the rest one each to the largest fractions (METRICS 0.7). Titles and comments are left out.
-- grain    one row per sale line with an amount
-- key      connection, source_id
-- sources  raw.sale_lines, raw.sales, raw.currencies, raw.currency_rates, raw.products, raw.product_templates, raw.product_categories
-- column   product_code: code of the variant
-- column   product_group: accounting category of the product
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
priced as (
    select
        dated.id, dated.number, dated.untaxed_amount,
        case
            when currencies.code = 'CNY' then dated.total_amount
            else cast(cast(dated.total_amount as double precision) * cast(base.rate as double precision)
                / nullif(cast(foreign_rate.rate as double precision), 0) as decimal(18, 2))
        end as amount_cny
    from dated
    left join raw.currencies as currencies on currencies.id = dated.currency
    left join rate as foreign_rate
        on foreign_rate.currency = dated.currency
        and foreign_rate.valid_from <= dated.order_date and coalesce(foreign_rate.valid_to > dated.order_date, true)
    left join rate as base
        on base.code = 'CNY' and base.valid_from <= dated.order_date and coalesce(base.valid_to > dated.order_date, true)
),
share as (
    select
        sale_lines.*, priced.number, priced.amount_cny as order_amount_cny,
        cast(coalesce(
            cast(sale_lines.amount as double precision) * cast(priced.amount_cny as double precision)
                / nullif(cast(priced.untaxed_amount as double precision), 0),
            cast(sale_lines.amount as double precision)
        ) * 100 as decimal(18, 4)) as cents
    from raw.sale_lines as sale_lines
    join priced on priced.id = sale_lines.sale
    where sale_lines.type = 'line'
),
floored as (
    select
        share.*, floor(cents) as whole_cents,
        order_amount_cny * 100 - sum(floor(cents)) over (partition by sale) as left_over,
        row_number() over (partition by sale order by cents - floor(cents) desc, id) as turn
    from share where _deleted_at is null
    union all
    select share.*, floor(cents), 0, 1 from share where _deleted_at is not null
)
select
    floored._connection as connection, floored._source_id as source_id,
    cast(floored.sale as varchar) as order_ref, floored.number,
    products.code as product_code, product_categories.name as product_group,
    cast(coalesce(floored.sequence, floored.id) as int) as line_number,
    floored.quantity,
    cast((floored.whole_cents + case when floored.turn <= floored.left_over then 1 else 0 end) * 0.01 as decimal(18, 2)) as amount_cny,
    floored._deleted_at is not null as is_deleted,
    floored.last_modified_at as source_updated_at, floored.create_date as recorded_at
from floored
left join raw.products as products on products.id = floored.product
left join raw.product_templates as product_templates on product_templates.id = products.template
left join raw.product_categories as product_categories on product_categories.id = product_templates.account_category
