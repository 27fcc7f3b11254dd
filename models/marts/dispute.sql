-- what     Disputes and deductions (争议与扣款) with what the item still owes: the disputed part of receivables. A flag only: REC-1 does
--          not change. REQUIREMENTS B9.
-- grain    one row per dispute, open and closed
-- key      dispute_id
-- sources  core.customer, core.dispute, core.employee, core.item_balance, core.open_item, core.settlement, core.territory_assignment
-- column   open_amount_cny: what the item owes today; 0 when it is settled or gone
-- column   disputed_open_cny: the contested part of what it still owes, no item twice; 0 for a closed dispute
-- column   booked_deduction_cny: deductions that the ERP has booked on the item since the dispute was opened
-- column   awaited_deduction_cny: agreed on and not booked by the ERP yet, at most what the item owes
-- column   days_open: days from opening to closing, or to today
with open_item as (
    select item_id, open_amount_cny from core.item_balance
    where from_date <= business_today() and coalesce(to_date, date '9999-12-31') > business_today()
),
booked as (
    select dispute.dispute_id, sum(settlement.amount_cny) as amount_cny
    from core.dispute
    join core.settlement
        on settlement.item_id = dispute.item_id and settlement.kind = 'deduction' and settlement.value_date >= dispute.opened_date
        and settlement.effective_date <= business_today()
    group by dispute.dispute_id
),
placed as (
    select
        dispute.*, greatest(coalesce(open_item.open_amount_cny, 0), 0) as open_amount_cny,
        coalesce(booked.amount_cny, 0) as booked_deduction_cny,
        sum(case when dispute.is_open then dispute.amount_cny else 0 end)
            over (partition by dispute.item_id order by dispute.opened_at, dispute.dispute_id) as reached_cny
    from core.dispute
    left join open_item on open_item.item_id = dispute.item_id
    left join booked on booked.dispute_id = dispute.dispute_id
)
select
    placed.dispute_id, placed.item_id, placed.document_id, placed.document_number,
    placed.customer_id, customer.name as customer_name,
    placed.reason, placed.note, placed.outcome, placed.closing_note, placed.is_open,
    placed.amount_cny,
    placed.open_amount_cny::decimal(18, 2) as open_amount_cny,
    (case when not placed.is_open then 0
        else greatest(least(placed.reached_cny, placed.open_amount_cny) - least(placed.reached_cny - placed.amount_cny, placed.open_amount_cny), 0)
    end)::decimal(18, 2) as disputed_open_cny,
    placed.agreed_deduction_cny,
    placed.booked_deduction_cny::decimal(18, 2) as booked_deduction_cny,
    least(greatest(coalesce(placed.agreed_deduction_cny, 0) - placed.booked_deduction_cny, 0), placed.open_amount_cny)::decimal(18, 2)
        as awaited_deduction_cny,
    greatest(cast(coalesce(placed.closed_date, business_today()) - placed.opened_date as int), 0) as days_open,
    coalesce(opener.name, placed.opened_by) as opened_by_name, coalesce(closer.name, placed.closed_by) as closed_by_name,
    open_due.effective_due_date, placed.opened_date, placed.closed_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from placed
left join core.open_item as open_due on open_due.item_id = placed.item_id
left join core.customer on customer.customer_id = placed.customer_id
left join core.employee as opener on opener.employee_id = placed.opened_by
left join core.employee as closer on closer.employee_id = placed.closed_by
left join core.territory_assignment
    on territory_assignment.customer_id = placed.customer_id
    and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
left join core.employee on employee.employee_id = territory_assignment.owner_id
