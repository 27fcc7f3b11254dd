-- what     How late what was paid came (逾期付款天数): payments of items by the day they count, and their days late times their amount.
--          METRICS REC-7. Commercial bills (商承) and supply-chain notes count on the day they are paid.
-- grain    one row per settlement in cash, by bill or from a prepayment, of an item that is owed
-- key      settlement_id
-- sources  core.acceptance_bill, core.bill_state, core.customer, core.employee, core.open_item, core.settlement,
--          core.territory_assignment
-- column   amount_cny: negative where a payment was undone
-- column   days_late: calendar days after the effective due date; negative is early
-- column   amount_days: amount_cny x days_late; the mean is the sum of these over the sum of the amounts
-- column   late_cny, late_amount_days: the same for what came late only
-- column   rls_owner: owner of the customer on that day (METRICS 0.9)
-- index    customer_id
with settled_bill as ( -- paid, or handed on and past its return: from then on nobody comes back for it
    select acceptance_bill.receipt_id, acceptance_bill.bill_id, min(bill_state.from_date) as paid_date
    from core.acceptance_bill
    left join core.bill_state
        on bill_state.bill_id = acceptance_bill.bill_id and not bill_state.is_contingent
        and bill_state.state in ('paid', 'endorsed', 'discounted')
    where acceptance_bill.kind in ('commercial_bill', 'supply_chain_note') and acceptance_bill.receipt_id is not null
    group by acceptance_bill.receipt_id, acceptance_bill.bill_id
),
paid_bill as ( -- a receipt may stand for several bills: it is paid when the last of them is
    select receipt_id, max(paid_date) as paid_date from settled_bill group by receipt_id having count(*) = count(paid_date)
),
payment as (
    select settlement.*, settlement.effective_date as paid_date
    from core.settlement where kind in ('cash', 'bank_bill', 'prepayment_applied')
    union all
    select settlement.*, greatest(settlement.effective_date, paid_bill.paid_date)
    from core.settlement
    join paid_bill on paid_bill.receipt_id = settlement.receipt_id
    where settlement.kind in ('commercial_bill', 'supply_chain_note')
),
dated as (
    select
        payment.settlement_id, payment.item_id, payment.customer_id, payment.kind, payment.amount_cny, payment.paid_date,
        open_item.document_number, open_item.effective_due_date,
        cast(payment.paid_date - open_item.effective_due_date as int) as days_late
    from payment
    join core.open_item on open_item.item_id = payment.item_id
    where open_item.amount_cny > 0 and payment.paid_date <= business_today()
)
select
    dated.settlement_id, dated.item_id, dated.customer_id, customer.name as customer_name, dated.document_number, dated.kind,
    dated.amount_cny, dated.days_late,
    (cast(dated.amount_cny as decimal(38, 2)) * dated.days_late)::decimal(24, 2) as amount_days,
    (case when dated.days_late > 0 then dated.amount_cny else 0 end)::decimal(18, 2) as late_cny,
    (case when dated.days_late > 0 then cast(dated.amount_cny as decimal(38, 2)) * dated.days_late else 0 end)::decimal(24, 2) as late_amount_days,
    month_text(dated.paid_date) as month, month_start(dated.paid_date) as month_start,
    dated.paid_date, dated.effective_due_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from dated
left join core.customer on customer.customer_id = dated.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = dated.customer_id
    and territory_assignment.valid_from <= dated.paid_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > dated.paid_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
