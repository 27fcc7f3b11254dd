-- what     Health values are within 0 to 100 or missing with a reason, coverage within 0 and 1, and the colour is the score's unless a
--          reason says why not (METRICS HEA-6).
-- sources  core.health_indicator, core.health_limit, marts.customer_health_live
select customer_id, month, indicator as what
from core.health_indicator
where value < 0 or value > 100 or (value is null) <> (missing_reason is not null) or (is_carried and failed_source is null)
union all
select customer_id, month, 'score'
from marts.customer_health_live
cross join core.health_limit
where score < 0 or score > 100 or customer_health_live.coverage < 0 or customer_health_live.coverage > 1
    or (score is null) <> (round(cast(customer_health_live.coverage * 100 as decimal(18, 6)), 4) < health_limit.coverage)
    or (override_reason is null and colour <> case
        when score is null then 'grey' when score >= green then 'green' when score >= yellow then 'yellow' else 'red' end)
    or (override_reason in ('dishonest_debtor', 'bankruptcy', 'overdue_90') and colour <> 'red')
