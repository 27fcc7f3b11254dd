-- what     Whose health is looked at in which month: customers with an order, delivery, document, receipt or opportunity move in the 12
--          months to its end, or an open balance then. Others have no business with us; internal companies are out. METRICS 8.
-- grain    one row per customer and month
-- key      customer_id, month
-- sources  core.customer, core.delivery, core.health_month, core.opportunity, core.opportunity_stage_stay, core.receipt,
--          core.receivable_document, core.sales_order, marts.receivable_balance
with business as (
    select customer_id, order_date as business_date from core.sales_order
    union
    select customer_id, delivery_date from core.delivery
    union
    select customer_id, document_date from core.receivable_document
    union
    select customer_id, receipt_date from core.receipt
    union
    select opportunity.customer_id, business_date(opportunity_stage_stay.entered_at)
    from core.opportunity_stage_stay
    join core.opportunity on opportunity.opportunity_id = opportunity_stage_stay.opportunity_id
    where opportunity.status <> 'invalid'
),
member as (
    select business.customer_id, health_month.month
    from business
    join core.health_month on business.business_date between health_month.year_start and health_month.month_end
    union
    select receivable_balance.customer_id, health_month.month
    from marts.receivable_balance
    join core.health_month on health_month.month_end = receivable_balance.as_of_date
    where receivable_balance.gross_cny <> 0 or receivable_balance.net_cny <> 0 or receivable_balance.undue_retention_cny <> 0
)
select
    member.customer_id,
    health_month.month, health_month.month_number, health_month.month_end,
    health_month.half_year_start, health_month.year_start
from member
join core.health_month on health_month.month = member.month
join core.customer on customer.customer_id = member.customer_id
where not customer.is_internal
