-- what     The five health indicators are there and their weights add up to 100, in the list and for every customer and month (METRICS 8).
-- sources  core.health_indicator, seeds.health_indicator
select '(list)' as customer_id, sum(weight) as weight, count(*) as indicators
from seeds.health_indicator
having sum(weight) <> 100
    or count(*) filter (where indicator in ('punctuality', 'demand', 'interaction', 'orders', 'risk') and weight >= 0) <> 5
union all
select customer_id || ' ' || month, sum(weight), count(*)
from core.health_indicator
group by customer_id, month
having sum(weight) <> 100 or count(*) <> 5
