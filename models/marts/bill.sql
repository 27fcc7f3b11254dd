-- what     Acceptance bills (承兑汇票) on hand, and those handed on that can still come back to us, as of each month end and today.
--          METRICS REC-13, 3.4.
-- grain    one row per bill and as-of date on which it is on hand or contingent
-- key      bill_id, as_of_date
-- sources  core.acceptance_bill, core.as_of_date, core.bill_state, core.customer, core.employee, core.territory_assignment
-- column   kind: bank_bill (银承), commercial_bill (商承) or supply_chain_note (云信, 迪链)
-- column   acceptor_class: bank, or company for commercial bills and supply-chain notes: whose word it is
-- column   maturity_month: month in which it falls due; unknown if the register has no day
-- column   on_hand_cny: face of a bill on hand
-- column   contingent_cny: face of a bill endorsed or discounted with recourse and not yet due
-- column   rls_owner: owner of the customer on the as-of date (METRICS 0.9)
-- index    customer_id
-- accepted acceptor_class: bank, company
select
    acceptance_bill.bill_id, as_of_date.as_of_date, acceptance_bill.customer_id, customer.name as customer_name,
    acceptance_bill.number, acceptance_bill.kind,
    case when acceptance_bill.kind = 'bank_bill' then 'bank' else 'company' end as acceptor_class,
    acceptance_bill.acceptor, bill_state.state,
    coalesce(month_text(acceptance_bill.maturity_date), 'unknown') as maturity_month,
    (case when bill_state.state = 'on_hand' then acceptance_bill.face_cny else 0 end)::decimal(18, 2) as on_hand_cny,
    (case when bill_state.is_contingent then acceptance_bill.face_cny else 0 end)::decimal(18, 2) as contingent_cny,
    acceptance_bill.signed_date, acceptance_bill.maturity_date,
    acceptance_bill.connection, acceptance_bill.source_id,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.as_of_date
join core.bill_state
    on bill_state.from_date <= as_of_date.as_of_date
    and coalesce(bill_state.to_date, date '9999-12-31') > as_of_date.as_of_date
join core.acceptance_bill on acceptance_bill.bill_id = bill_state.bill_id
left join core.customer on customer.customer_id = acceptance_bill.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = acceptance_bill.customer_id
    and territory_assignment.valid_from <= as_of_date.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > as_of_date.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where bill_state.state = 'on_hand' or bill_state.is_contingent
