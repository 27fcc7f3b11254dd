-- what     Payment terms (账期) as agreed and as lived: days from a document's date to its due date, by documents, and to the day it was
--          paid, by amount. METRICS CUS-4.
-- grain    one row per customer and day, with the documents made and the payments that count on it
-- key      customer_id, term_date
-- sources  core.customer, core.employee, core.open_item, core.territory_assignment, marts.payment_lateness
-- column   documents, agreed_days: documents of the day, and the sum of their days to the due date (of several instalments the last)
-- column   settled_cny, settled_amount_days: paid on the day (kinds and day of REC-7), and the sum of amount x days since the document date
-- column   rls_owner: owner of the customer on that day (METRICS 0.9)
-- index    customer_id
with agreed as (
    select document_id, customer_id, document_date, max(due_date) as due_date
    from core.open_item
    where amount_cny > 0 and not is_retention and document_date <= business_today()
    group by document_id, customer_id, document_date
),
part as (
    select
        customer_id, document_date as term_date, 1 as documents, due_date - document_date as agreed_days,
        cast(0 as decimal(18, 2)) as settled_cny, cast(0 as decimal(24, 2)) as settled_amount_days
    from agreed
    union all
    select
        payment_lateness.customer_id, payment_lateness.paid_date, 0, 0, payment_lateness.amount_cny,
        cast(payment_lateness.amount_cny as decimal(38, 2)) * (payment_lateness.paid_date - open_item.document_date)
    from marts.payment_lateness
    join core.open_item on open_item.item_id = payment_lateness.item_id
),
daily as (
    select
        customer_id, term_date, sum(documents) as documents, sum(agreed_days) as agreed_days,
        sum(settled_cny) as settled_cny, sum(settled_amount_days) as settled_amount_days
    from part
    group by customer_id, term_date
)
select
    daily.customer_id, daily.term_date, customer.name as customer_name,
    daily.documents::int as documents, daily.agreed_days::int as agreed_days,
    daily.settled_cny::decimal(18, 2) as settled_cny, daily.settled_amount_days::decimal(24, 2) as settled_amount_days,
    month_text(daily.term_date) as month, month_start(daily.term_date) as month_start,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from daily
left join core.customer on customer.customer_id = daily.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = daily.customer_id
    and territory_assignment.valid_from <= daily.term_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > daily.term_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
