-- what     Sales (销售订单) of Tryton in CNY with tax. Confirmed, processing and done ones count (METRICS 0.5).
-- grain    one row per sale
-- key      connection, source_id
-- sources  raw.sales, raw.currencies, raw.currency_rates, raw.opportunities, raw.employees, raw.parties, raw.state_log
-- column   number: a draft has none yet
-- column   owner_number: seller of the opportunity it came from, else who quoted or confirmed it
-- column   amount_cny: a foreign total at the last rate known on the sale's day; Tryton keeps units per unit of the base currency
-- column   recorded_at: when it was confirmed, else created
with rate as (
    select
        currency_rates.currency, currencies.code, currency_rates.rate,
        currency_rates.date as valid_from,
        lead(currency_rates.date) over (partition by currency_rates.currency order by currency_rates.date) as valid_to
    from raw.currency_rates as currency_rates
    join raw.currencies as currencies on currencies.id = currency_rates.currency
    where currency_rates._deleted_at is null
),
confirmed as (
    select resource, min(create_date) as confirmed_at from raw.state_log
    where target = 'state:confirmed' and resource like 'sale.sale,%' group by resource
),
dated as (
    select sales.*, coalesce(sales.sale_date, business_date(sales.create_date)) as order_date from raw.sales as sales
)
select
    dated._connection as connection, dated._source_id as source_id,
    dated.number, cast(dated.party as varchar) as customer_ref,
    seller_party.code as owner_number,
    case
        when currencies.code = 'CNY' then dated.total_amount
        else cast(cast(dated.total_amount as double precision) * cast(base.rate as double precision)
            / nullif(cast(foreign_rate.rate as double precision), 0) as decimal(18, 2))
    end as amount_cny,
    currencies.code as currency,
    dated.state in ('confirmed', 'processing', 'done') as is_counted,
    dated.state = 'done' as is_closed,
    dated.order_date,
    dated._deleted_at is not null as is_deleted,
    dated.last_modified_at as source_updated_at,
    coalesce(confirmed.confirmed_at, dated.create_date) as recorded_at
from dated
left join raw.currencies as currencies on currencies.id = dated.currency
left join rate as foreign_rate
    on foreign_rate.currency = dated.currency
    and foreign_rate.valid_from <= dated.order_date and coalesce(foreign_rate.valid_to > dated.order_date, true)
left join rate as base
    on base.code = 'CNY' and base.valid_from <= dated.order_date and coalesce(base.valid_to > dated.order_date, true)
left join raw.opportunities as opportunities on dated.origin = 'sale.opportunity,' || opportunities._source_id
left join raw.employees as seller
    on seller.id = coalesce(opportunities.employee, dated.quoted_by, dated.confirmed_by)
left join raw.parties as seller_party on seller_party.id = seller.party
left join confirmed on confirmed.resource = 'sale.sale,' || dated._source_id
