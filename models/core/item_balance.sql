-- what     What each item still owed from when to when; settlements count from their effective date. METRICS REC-1, 3.3.
-- grain    one row per open item and period with one balance other than 0; as of D: from_date <= D and (to_date is null or to_date > D)
-- key      item_id, from_date
-- sources  core.open_item, core.settlement
-- column   to_date: the first day on which it no longer holds; null for the last
-- reference item_id -> core.open_item.item_id
-- incremental  key item_id; changed since core.open_item, core.settlement
with movement as (
    select item_id, document_date as moved_date, amount_cny from core.open_item
    union all
    select item_id, effective_date, -amount_cny from core.settlement
),
day as (
    select item_id, moved_date, sum(amount_cny) as amount_cny from movement group by item_id, moved_date
),
balance as (
    select
        item_id, moved_date as from_date,
        lead(moved_date) over (partition by item_id order by moved_date) as to_date,
        sum(amount_cny) over (partition by item_id order by moved_date) as open_amount_cny
    from day
)
select item_id, from_date, to_date, open_amount_cny::decimal(18, 2) as open_amount_cny
from balance
where open_amount_cny <> 0
