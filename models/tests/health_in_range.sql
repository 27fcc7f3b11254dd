-- what     Health values are within 0 to 100 or missing with a reason, coverage within 0 and 1, and the colour is the score's unless a
--          reason says why not (METRICS HEA-6).
-- sources  core.health_indicator, marts.customer_health_live
select customer_id, month, indicator as what
from core.health_indicator
where value < 0 or value > 100 or (value is null) <> (missing_reason is not null)
union all
select customer_id, month, 'score'
from marts.customer_health_live
where score < 0 or score > 100 or coverage < 0 or coverage > 1
    or (score is null) <> (coverage < 0.6)
    or (override_reason is null and colour <> case
        when score is null then 'grey' when score >= 70 then 'green' when score >= 50 then 'yellow' else 'red' end)
    or (override_reason in ('dishonest_debtor', 'bankruptcy', 'overdue_90') and colour <> 'red')
