-- what     A customer has one owner and one region on every day: its periods follow each other from 1900 without gap or overlap, the
--          last one open (METRICS 0.9). So a lookup loses and doubles no row.
-- sources  core.customer, core.territory_assignment
with period as (
    select
        customer_id, valid_from, valid_to,
        lead(valid_from) over (partition by customer_id order by valid_from) as next_from
    from core.territory_assignment
)
select customer.customer_id, min(period.valid_from) as first_from
from core.customer
left join period on period.customer_id = customer.customer_id
group by customer.customer_id
having min(period.valid_from) is distinct from date '1900-01-01'
    or count(*) filter (where period.valid_to is distinct from period.next_from) > 0
