-- what     Statutory lateness (条例逾期): what large enterprises and public bodies owe beyond the days that the Regulation on Payments to
--          SMEs (State Council Order 802) allows, and the interest that could be claimed. Indicative, never booked. METRICS REC-15.
-- grain    one row per open item of such a customer that is unpaid after the statutory day, as of each month end and today
-- key      item_id, as_of_date
-- sources  core.calendar, core.customer, core.employee, core.open_item, core.open_item_as_of, core.receivable_document,
--          core.territory_assignment
-- column   payer_class: large_enterprise (60 days from delivery) or public_body (30, by contract up to 60)
-- column   is_delivery_assumed: the document does not say when the goods were delivered: its own date counts
-- column   statutory_date: the last day in time, moved to a workday (Civil Code Art. 203)
-- column   days_late: as-of day - statutory_date
-- column   interest_cny: overdue x 0.05 % x days, unrounded: no agreed rate is known. Rounded where it is shown
-- accepted payer_class: large_enterprise, public_body
with item as (
    select
        open_item_as_of.item_id, open_item_as_of.as_of_date, open_item_as_of.customer_id, open_item_as_of.open_amount_cny,
        open_item.document_id, open_item.document_number, open_item.due_date, customer.name as customer_name, customer.payer_class,
        coalesce(receivable_document.delivery_date, receivable_document.document_date) as delivery_date,
        receivable_document.delivery_date is null as is_delivery_assumed
    from core.open_item_as_of
    join core.customer on customer.customer_id = open_item_as_of.customer_id
    join core.open_item on open_item.item_id = open_item_as_of.item_id
    join core.receivable_document on receivable_document.document_id = open_item.document_id
    where customer.payer_class is not null and open_item_as_of.open_amount_cny > 0 and not open_item_as_of.is_undue_retention
),
allowed as (
    select
        item.*,
        cast(case when payer_class = 'large_enterprise' then 60 else least(greatest(due_date - delivery_date, 30), 60) end as int) as allowed_days
    from item
),
dated as (
    select
        allowed.*, coalesce(calendar.effective_day, allowed.delivery_date + allowed.allowed_days) as statutory_date
    from allowed
    left join core.calendar on calendar.day = allowed.delivery_date + allowed.allowed_days
)
select
    dated.item_id, dated.as_of_date, dated.document_id, dated.customer_id, dated.customer_name, dated.document_number,
    dated.payer_class, dated.is_delivery_assumed,
    dated.open_amount_cny::decimal(18, 2) as overdue_cny,
    cast(dated.as_of_date - dated.statutory_date as int) as days_late,
    (cast(dated.open_amount_cny as decimal(38, 2)) * cast(0.0005 as decimal(9, 4)) * cast(dated.as_of_date - dated.statutory_date as int))::decimal(24, 6) as interest_cny,
    dated.delivery_date, dated.statutory_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from dated
left join core.territory_assignment
    on territory_assignment.customer_id = dated.customer_id
    and territory_assignment.valid_from <= dated.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > dated.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where dated.as_of_date > dated.statutory_date
