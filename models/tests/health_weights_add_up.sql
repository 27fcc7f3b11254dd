-- what     The five health indicators are there and their weights add up to 100, in the settings and for every customer and month (METRICS 8).
-- sources  core.health_indicator, core.health_setting
select '(settings)' as customer_id, sum(value) as weight, count(*) as indicators
from core.health_setting
where part = 'weight'
having sum(value) <> 100
    or count(*) filter (where name in ('punctuality', 'demand', 'interaction', 'orders', 'risk') and value >= 0) <> 5
union all
select customer_id || ' ' || month, sum(weight), count(*)
from core.health_indicator
group by customer_id, month
having sum(weight) <> 100 or count(*) <> 5
