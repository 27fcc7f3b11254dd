-- what     Each allocation is spread over open items without losing or adding a cent (METRICS 12.3).
-- sources  core.allocation, core.settlement
with spread as (
    select allocation_id, document_id, sum(amount_cny) as amount_cny from core.settlement group by allocation_id, document_id
)
select allocation.allocation_id, allocation.document_id, allocation.amount_cny, spread.amount_cny as spread_cny
from core.allocation
left join spread on spread.allocation_id = allocation.allocation_id and spread.document_id = allocation.document_id
where coalesce(spread.amount_cny, 0) <> allocation.amount_cny
