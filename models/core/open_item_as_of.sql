-- what     Open items as of each shown day; retention before its due date apart. METRICS REC-1, 3.6.
-- grain    one row per open item and as-of date
-- key      item_id, as_of_date
-- sources  core.as_of_date, core.item_balance, core.open_item
-- column   open_amount_cny: negative on credit notes
-- column   days_overdue: 0 or less is not due
select
    open_item.item_id, as_of_date.as_of_date, open_item.customer_id,
    item_balance.open_amount_cny,
    open_item.is_retention and open_item.effective_due_date > as_of_date.as_of_date as is_undue_retention,
    cast(as_of_date.as_of_date - open_item.effective_due_date as int) as days_overdue,
    open_item.document_date
from core.as_of_date
join core.item_balance
    on item_balance.from_date <= as_of_date.as_of_date
    and coalesce(item_balance.to_date, date '9999-12-31') > as_of_date.as_of_date
join core.open_item on open_item.item_id = item_balance.item_id
