-- what     Demand match (需求匹配度, HEA-2): mean of the known ones of: share won of what was decided, share of core products in order
--          value, share of the customer's declared yearly purchases, each by its curve; all over 12 months, by value.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.customer, core.health_curve, core.health_limit, core.health_population, core.opportunity, core.sales_order_line,
--          seeds.core_product_group
-- column   value: 0 to 100; null if missing
-- column   missing_reason: too_few_known: fewer than [2] of the 3 are known
-- column   won_rate: won/(won + lost), 0 to 1, by closing date; null if nothing was decided
-- column   core_rate: core products / lines whose product group is known, 0 to 1; null without orders or without a list
-- column   purchase_rate: orders / declared yearly purchases; null if the customer declared none
-- column   won_points: 0 to 100, by the curve won_percent; core_points and purchase_points likewise
-- column   known: how many of the three are known
with order_day as (
    select
        sales_order_line.customer_id, sales_order_line.order_date,
        sum(sales_order_line.amount_cny) as amount_cny,
        sum(case when sales_order_line.product_group is not null then sales_order_line.amount_cny else 0 end) as grouped_cny,
        sum(case when core_product_group.product_group is not null then sales_order_line.amount_cny else 0 end) as core_cny
    from core.sales_order_line
    left join seeds.core_product_group on core_product_group.product_group = sales_order_line.product_group
    group by sales_order_line.customer_id, sales_order_line.order_date
),
bought as (
    select
        health_population.customer_id, health_population.month,
        sum(order_day.amount_cny) as amount_cny, sum(order_day.grouped_cny) as grouped_cny, sum(order_day.core_cny) as core_cny
    from core.health_population
    join order_day
        on order_day.customer_id = health_population.customer_id
        and order_day.order_date between health_population.year_start and health_population.month_end
    group by health_population.customer_id, health_population.month
),
decided as (
    select
        health_population.customer_id, health_population.month,
        sum(case when opportunity.status = 'won' then opportunity.amount_cny else 0 end) as won_cny,
        sum(opportunity.amount_cny) as decided_cny
    from core.health_population
    join core.opportunity
        on opportunity.customer_id = health_population.customer_id
        and opportunity.closed_date between health_population.year_start and health_population.month_end
    where opportunity.status in ('won', 'lost')
    group by health_population.customer_id, health_population.month
),
rated as (
    select
        health_population.customer_id, health_population.month,
        cast(decided.won_cny as double precision) / nullif(cast(decided.decided_cny as double precision), 0) as won_rate,
        case when exists (select 1 from seeds.core_product_group)
            then cast(bought.core_cny as double precision) / nullif(cast(bought.grouped_cny as double precision), 0) end as core_rate,
        cast(coalesce(bought.amount_cny, 0) as double precision)
            / nullif(cast(customer.declared_yearly_purchase_cny as double precision), 0) as purchase_rate
    from core.health_population
    join core.customer on customer.customer_id = health_population.customer_id
    left join bought on bought.customer_id = health_population.customer_id and bought.month = health_population.month
    left join decided on decided.customer_id = health_population.customer_id and decided.month = health_population.month
),
pointed as (
    select
        rated.*,
        won.base_points + (rated.won_rate * 100 - won.base_x) * won.slope as won_points,
        core_curve.base_points + (rated.core_rate * 100 - core_curve.base_x) * core_curve.slope as core_points,
        purchase.base_points + (rated.purchase_rate * 100 - purchase.base_x) * purchase.slope as purchase_points,
        (won_rate is not null)::int + (core_rate is not null)::int + (purchase_rate is not null)::int as known
    from rated
    left join core.health_curve as won
        on won.curve = 'won_percent' and rated.won_rate * 100 > won.from_x and rated.won_rate * 100 <= won.to_x
    left join core.health_curve as core_curve
        on core_curve.curve = 'core_percent'
        and rated.core_rate * 100 > core_curve.from_x and rated.core_rate * 100 <= core_curve.to_x
    left join core.health_curve as purchase
        on purchase.curve = 'purchase_percent'
        and rated.purchase_rate * 100 > purchase.from_x and rated.purchase_rate * 100 <= purchase.to_x
)
select
    customer_id, month, 'demand' as indicator,
    case when known >= health_limit.demand_parts
        then (coalesce(won_points, 0) + coalesce(core_points, 0) + coalesce(purchase_points, 0)) / known end as value,
    case when known < health_limit.demand_parts then 'too_few_known' end as missing_reason,
    won_rate, core_rate, purchase_rate, won_points, core_points, purchase_points, known
from pointed
cross join core.health_limit
