-- what     What does not add up over customers, worked out for each slice: DSO by count-back (倒推法) and concentration (集中度).
--          METRICS REC-4, REC-11.
-- grain    one row per slice (the company, a region, an owner in a region, a customer) and as-of date with receivables or, of all but
--          a customer, sales
-- key      slice_key, as_of_date
-- sources  core.as_of_date, core.customer, core.employee, core.territory_assignment, marts.billing, marts.receivable_balance
-- column   slice_key: company; region:<region>; owner:<region>:<owner>; customer:<customer_id>
-- column   countback_days: days of credit sales that make up the net, from the as-of day backwards; 0 if the net is not above 0,
--          null if 24 months of sales are not enough (is_over_730_days)
-- column   positive_cny: net REC-1 of the customers whose net is above 0; base of the concentration
-- column   square_cny: sum of the squares of their nets; HHI = 10,000 x square / positive squared
-- column   rls_region: null for the company, whose row only who sees everything may see
-- column   rls_owner: null for the company and for a region
-- accepted slice: company, region, owner, customer
with sold as (
    select customer_id, month_start, sum(credit_sales_cny) as amount_cny from marts.billing group by customer_id, month_start
),
sale as ( -- credit sales of the 24 months before each day, with who holds the customer on that day
    select
        sold.customer_id, as_of_date.as_of_date, sold.month_start, sold.amount_cny,
        coalesce(territory_assignment.owner_id, 'unassigned') as owner_id, coalesce(territory_assignment.region, 'unassigned') as region
    from core.as_of_date
    join sold
        on sold.month_start <= as_of_date.as_of_date
        and sold.month_start >= cast(month_start(as_of_date.as_of_date) - interval '23 months' as date)
    left join core.territory_assignment
        on territory_assignment.customer_id = sold.customer_id
        and territory_assignment.valid_from <= as_of_date.as_of_date
        and coalesce(territory_assignment.valid_to, date '9999-12-31') > as_of_date.as_of_date
),
owned as ( -- summed by owner and month before anything is said four times
    select as_of_date, month_start, region, owner_id, 0 as net_cny, sum(amount_cny) as sales_cny
    from sale group by as_of_date, month_start, region, owner_id
    union all
    select as_of_date, null, rls_region, rls_owner, sum(net_cny), 0
    from marts.receivable_balance group by as_of_date, rls_region, rls_owner
),
sliced as (
    select as_of_date, month_start, net_cny, sales_cny, 'company' as slice, 'company' as slice_key,
        null::varchar as region, null::varchar as owner_id, null::varchar as customer_id
    from owned
    union all
    select as_of_date, month_start, net_cny, sales_cny, 'region', 'region:' || region, region, null, null
    from owned
    union all
    select as_of_date, month_start, net_cny, sales_cny, 'owner', 'owner:' || region || ':' || owner_id, region, owner_id, null
    from owned
    union all
    select as_of_date, null, net_cny, 0, 'customer', 'customer:' || customer_id, rls_region, rls_owner, customer_id
    from marts.receivable_balance
    union all
    select sale.as_of_date, sale.month_start, 0, sale.amount_cny, 'customer', 'customer:' || sale.customer_id, sale.region, sale.owner_id,
        sale.customer_id
    from sale
    join marts.receivable_balance
        on receivable_balance.customer_id = sale.customer_id and receivable_balance.as_of_date = sale.as_of_date
        and receivable_balance.net_cny > 0
),
slice_day as (
    select as_of_date, slice, slice_key, region, owner_id, customer_id, sum(net_cny) as net_cny
    from sliced
    group by as_of_date, slice, slice_key, region, owner_id, customer_id
),
month as (
    select
        slice_day.as_of_date, slice_day.slice_key, slice_day.net_cny, sliced.month_start,
        greatest(sum(sliced.sales_cny), 0) as sales_cny
    from slice_day
    join sliced on sliced.as_of_date = slice_day.as_of_date and sliced.slice_key = slice_day.slice_key
    where slice_day.net_cny > 0 and sliced.month_start is not null
    group by slice_day.as_of_date, slice_day.slice_key, slice_day.net_cny, sliced.month_start
),
reached as (
    select
        month.*,
        sum(sales_cny) over (partition by as_of_date, slice_key order by month_start desc) as so_far_cny,
        greatest(as_of_date - month_end(month_start), 0) as days_after,
        least(as_of_date, month_end(month_start)) - month_start + 1 as days
    from month
),
crossing as ( -- the latest month at which the sales reach the net; months without sales lie in days_after
    select distinct on (as_of_date, slice_key)
        as_of_date, slice_key,
        days_after + cast(days as double precision) * cast(net_cny - (so_far_cny - sales_cny) as double precision)
            / cast(sales_cny as double precision) as countback_days
    from reached
    where so_far_cny >= net_cny and sales_cny > 0
    order by as_of_date, slice_key, month_start desc
),
member as (
    select as_of_date, 'company' as slice_key, customer_id, net_cny from marts.receivable_balance where net_cny > 0
    union all
    select as_of_date, 'region:' || rls_region, customer_id, net_cny from marts.receivable_balance where net_cny > 0
    union all
    select as_of_date, 'owner:' || rls_region || ':' || rls_owner, customer_id, net_cny from marts.receivable_balance where net_cny > 0
),
ranked as (
    select
        member.*, row_number() over (partition by as_of_date, slice_key order by net_cny desc, customer_id) as place
    from member
),
concentration as (
    select
        as_of_date, slice_key, count(*) as customers, sum(net_cny) as positive_cny,
        sum(case when place <= 5 then net_cny else 0 end) as top_5_cny,
        sum(case when place <= 10 then net_cny else 0 end) as top_10_cny,
        sum(cast(net_cny as decimal(38, 2)) * net_cny) as square_cny -- DuckDB keeps 18 digits of a product unless told otherwise
    from ranked
    group by as_of_date, slice_key
)
select
    slice_day.slice, slice_day.slice_key, slice_day.as_of_date,
    slice_day.customer_id, customer.name as customer_name,
    slice_day.net_cny::decimal(18, 2) as net_cny,
    case when slice_day.net_cny <= 0 then 0 else crossing.countback_days end as countback_days,
    slice_day.net_cny > 0 and crossing.slice_key is null as is_over_730_days,
    concentration.customers::int as customers,
    concentration.positive_cny::decimal(18, 2) as positive_cny,
    concentration.top_5_cny::decimal(18, 2) as top_5_cny,
    concentration.top_10_cny::decimal(18, 2) as top_10_cny,
    concentration.square_cny::decimal(38, 4) as square_cny,
    slice_day.owner_id as rls_owner, employee.name as owner_name, slice_day.region as rls_region
from slice_day
left join crossing on crossing.as_of_date = slice_day.as_of_date and crossing.slice_key = slice_day.slice_key
left join concentration on concentration.as_of_date = slice_day.as_of_date and concentration.slice_key = slice_day.slice_key
left join core.customer on customer.customer_id = slice_day.customer_id
left join core.employee on employee.employee_id = slice_day.owner_id
