-- what     Cost of credit bureaus against the month's budget (征信预算). METRICS DAT-7. Only who may see all sees it: it is the company's.
-- grain    one row per connection and month in which it was asked, and the running month of each connection with a budget
-- key      connection, month
-- sources  core.bureau_call, ops.bureau_budget
-- column   budget_cny: cap of the month as the config has it today; null: the connection is no longer in the config
-- column   customers: companies that were asked about
-- column   cost_per_customer_cny: null if nobody was asked about
-- column   used_share: cost / budget, 0 to 1
with month as (
    select connection, month from core.bureau_call
    union
    select connection, month_text(business_today()) from ops.bureau_budget
),
spent as (
    select
        connection, month, count(*) as calls, sum(price_cny) as cost_cny,
        count(distinct coalesce(customer_id, subject)) as customers
    from core.bureau_call
    group by connection, month
)
select
    month.connection, month.month, cast(month.month || '-01' as date) as month_start,
    coalesce(spent.calls, 0) as calls,
    coalesce(spent.cost_cny, 0)::decimal(18, 4) as cost_cny,
    coalesce(spent.customers, 0) as customers,
    bureau_budget.month_cny as budget_cny, bureau_budget.month_calls as budget_calls,
    (bureau_budget.month_cny - coalesce(spent.cost_cny, 0))::decimal(18, 4) as left_cny,
    case when spent.customers > 0 then (spent.cost_cny / spent.customers)::decimal(18, 2) end as cost_per_customer_cny,
    case when bureau_budget.month_cny > 0 then (coalesce(spent.cost_cny, 0) / bureau_budget.month_cny)::decimal(9, 4) end as used_share,
    'company' as rls_owner, 'company' as rls_region
from month
left join spent on spent.connection = month.connection and spent.month = month.month
left join ops.bureau_budget on bureau_budget.connection = month.connection
