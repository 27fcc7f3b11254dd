-- what     The score is 100 less what the known indicators took from it, within what rounding to 0.1 and six places allow, and the known
--          weights make the coverage (METRICS HEA-6).
-- sources  marts.customer_health_live, marts.customer_health_reason_live
select
    customer_health_live.customer_id, customer_health_live.month, max(customer_health_live.score) as score,
    sum(cast(customer_health_reason_live.score_points_lost as decimal(18, 9))) as lost
from marts.customer_health_live
join marts.customer_health_reason_live
    on customer_health_reason_live.customer_id = customer_health_live.customer_id
    and customer_health_reason_live.month = customer_health_live.month
group by customer_health_live.customer_id, customer_health_live.month
having abs(100 - sum(cast(customer_health_reason_live.score_points_lost as decimal(18, 9))) - max(customer_health_live.score)) > 0.050001
    or abs(
        sum(customer_health_reason_live.weight) filter (where customer_health_reason_live.value is not null)
        - max(customer_health_live.coverage) * 100
    ) > 0.000001
