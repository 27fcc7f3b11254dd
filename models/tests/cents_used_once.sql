-- what     At a cut-off each cent of a receipt goes to one statement or to none, no statement takes more than it said, and what a
--          statement forecast is paid, settled otherwise or open (METRICS 12.7).
-- sources  core.collection, core.collection_share, core.forecast_cutoff, core.forecast_statement, core.thread_match,
--          core.thread_outcome, core.unstated_collection
with used as (
    select matching, share_id, sum(matched_cny) as amount_cny from core.thread_match
    where matching not in ('confirmed', 'standing') group by matching, share_id
),
taken as (
    select matching, statement_id, sum(matched_cny) as amount_cny from core.thread_match group by matching, statement_id
),
shared as (
    select collection_id, sum(amount_cny) as amount_cny from core.collection_share group by collection_id
)
select 'a receipt is used twice' as what, used.matching as period, used.share_id as id, used.amount_cny, collection_share.amount_cny as limit_cny
from used
join core.collection_share on collection_share.share_id = used.share_id
where used.amount_cny > collection_share.amount_cny
union all
select 'a receipt is neither matched nor unstated', forecast_cutoff.month || ' ' || forecast_cutoff.horizon, collection_share.share_id,
    coalesce(used.amount_cny, 0) + coalesce(unstated_collection.rest_cny, 0), collection_share.amount_cny
from core.forecast_cutoff
join core.collection_share on collection_share.value_date between forecast_cutoff.window_start and forecast_cutoff.month_end
left join used
    on used.matching = cast(forecast_cutoff.cutoff_date as varchar) and used.share_id = collection_share.share_id
left join core.unstated_collection
    on unstated_collection.month = forecast_cutoff.month and unstated_collection.cutoff_date = forecast_cutoff.cutoff_date
    and unstated_collection.share_id = collection_share.share_id
where coalesce(used.amount_cny, 0) + coalesce(unstated_collection.rest_cny, 0) <> collection_share.amount_cny
union all
select 'the shares are not the collection', null, collection.collection_id, shared.amount_cny, collection.amount_cny
from core.collection
left join shared on shared.collection_id = collection.collection_id
where coalesce(shared.amount_cny, 0) <> greatest(collection.amount_cny, 0)
union all
select 'a statement takes more than it said', taken.matching, taken.statement_id, taken.amount_cny, forecast_statement.amount_cny
from taken
join core.forecast_statement on forecast_statement.statement_id = taken.statement_id
where taken.amount_cny > forecast_statement.amount_cny
union all
select 'an outcome is negative', month, statement_id, open_cny, forecast_cny
from core.thread_outcome
where open_cny < 0 or early_cny < 0 or in_month_cny < 0 or late_cny < 0 or settled_otherwise_cny < 0
