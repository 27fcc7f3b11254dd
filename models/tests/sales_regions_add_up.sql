-- what     All regions together are the company, for pipeline and health: no row is lost or doubled when owner and region are looked up
--          (METRICS 12.10).
-- sources  core.health_population, core.opportunity, marts.customer_health_live, marts.funnel_cohort, marts.funnel_result,
--          marts.receivable_balance, marts.stage_exit
with company as (
    select 'customers ' || month as what, count(*) as total from core.health_population group by month
    union all
    select 'receivables ' || health_population.month, coalesce(sum(receivable_balance.net_cny), 0)
    from core.health_population
    left join marts.receivable_balance
        on receivable_balance.customer_id = health_population.customer_id
        and receivable_balance.as_of_date = health_population.month_end
    group by health_population.month
    union all
    select 'entered', count(*)
    from core.opportunity
    join (select distinct variant, opportunity_id, stage_key from marts.funnel_cohort) as entered
        on entered.opportunity_id = opportunity.opportunity_id
    union all
    select 'left a stage', count(*)
    from core.opportunity
    join (select distinct opportunity_id, stay_id from marts.stage_exit) as ended on ended.opportunity_id = opportunity.opportunity_id
    union all
    select 'results', count(*)
    from core.opportunity
    join (select distinct opportunity_id from marts.funnel_result) as ended on ended.opportunity_id = opportunity.opportunity_id
),
region as (
    select 'customers ' || month as what, rls_region, count(*) as total from marts.customer_health_live group by month, rls_region
    union all
    select 'receivables ' || month, rls_region, sum(receivable_net_cny) from marts.customer_health_live group by month, rls_region
    union all
    select 'entered', rls_region, count(*) from marts.funnel_cohort group by rls_region
    union all
    select 'left a stage', rls_region, count(*) from marts.stage_exit group by rls_region
    union all
    select 'results', rls_region, count(*) from marts.funnel_result group by rls_region
),
added as (
    select what, sum(total) as total from region where rls_region is not null group by what
)
select company.what, company.total as company, added.total as regions
from company
full join added on added.what = company.what
where coalesce(company.total, 0) <> coalesce(added.total, 0)
