-- what     Opportunities (商机) of Tryton. converted means quoted and is still open; cancelled is invalid.
-- grain    one row per opportunity
-- key      connection, source_id
-- sources  raw.opportunities, raw.currencies, raw.currency_rates
-- column   amount_cny: at the rate of its first day; follows the quotation once there is one
-- column   expected_close_date: Tryton has one end date: planned while it is open, the day of the decision afterwards
with rate as (
    select
        currency_rates.currency, currencies.code, currency_rates.rate,
        currency_rates.date as valid_from,
        lead(currency_rates.date) over (partition by currency_rates.currency order by currency_rates.date) as valid_to
    from raw.currency_rates as currency_rates
    join raw.currencies as currencies on currencies.id = currency_rates.currency
    where currency_rates._deleted_at is null
)
select
    opportunities._connection as connection, opportunities._source_id as source_id,
    coalesce(opportunities.description, opportunities.number) as name,
    cast(opportunities.party as varchar) as customer_ref,
    cast(opportunities.employee as varchar) as owner_ref,
    opportunities.state as stage_key,
    case opportunities.state when 'won' then 'won' when 'lost' then 'lost' when 'cancelled' then 'invalid' else 'open' end as status,
    opportunities.lost_reason, null as business_line, null as lead_source,
    case
        when currencies.code = 'CNY' then opportunities.amount
        else cast(cast(opportunities.amount as double precision) * cast(base.rate as double precision)
            / nullif(cast(foreign_rate.rate as double precision), 0) as decimal(18, 2))
    end as amount_cny,
    opportunities._deleted_at is not null as is_deleted,
    case when opportunities.state in ('lead', 'opportunity', 'converted') then opportunities.end_date end as expected_close_date,
    case when opportunities.state in ('won', 'lost', 'cancelled') then opportunities.end_date end as closed_date,
    opportunities.create_date as created_at,
    opportunities.last_modified_at as source_updated_at, opportunities.create_date as recorded_at
from raw.opportunities as opportunities
left join raw.currencies as currencies on currencies.id = opportunities.currency
left join rate as foreign_rate
    on foreign_rate.currency = opportunities.currency and foreign_rate.valid_from <= opportunities.start_date
    and coalesce(foreign_rate.valid_to > opportunities.start_date, true)
left join rate as base
    on base.code = 'CNY' and base.valid_from <= opportunities.start_date
    and coalesce(base.valid_to > opportunities.start_date, true)
