-- what     Roll-forward of receivables (应收滚动): opening + billings - each kind of settlement = closing, over all open items (credit
--          notes and undue retention in). METRICS REC-16.
-- grain    one row per customer and month, from the first month in which anything happened to that of the as-of day
-- key      customer_id, month
-- sources  core.customer, core.employee, core.settlement, core.territory_assignment, marts.billing
-- column   as_of_date: the month's end; in the running month the as-of day
-- column   billed_cny: ORD-6, credit notes in
-- column   cash_cny: what cash relieved, positive; so each of the kinds of METRICS 3.2. An undone one takes off
-- column   credit_note_cny: 0 where a credit note and its invoice are of the same customer: it relieves one and uses up the other
-- column   rls_owner: owner of the customer on the as-of date, for the whole month
with movement as (
    select customer_id, document_date as moved_date, 'billed' as kind, amount_cny from marts.billing
    union all
    select customer_id, effective_date, kind, amount_cny from core.settlement where effective_date <= business_today()
),
moved as (
    select
        customer_id, month_start(moved_date) as month_start,
        sum(case when kind = 'billed' then amount_cny else 0 end) as billed_cny,
        sum(case when kind = 'cash' then amount_cny else 0 end) as cash_cny,
        sum(case when kind = 'bank_bill' then amount_cny else 0 end) as bank_bill_cny,
        sum(case when kind = 'commercial_bill' then amount_cny else 0 end) as commercial_bill_cny,
        sum(case when kind = 'supply_chain_note' then amount_cny else 0 end) as supply_chain_note_cny,
        sum(case when kind = 'prepayment_applied' then amount_cny else 0 end) as prepayment_applied_cny,
        sum(case when kind = 'credit_note' then amount_cny else 0 end) as credit_note_cny,
        sum(case when kind = 'discount' then amount_cny else 0 end) as discount_cny,
        sum(case when kind = 'deduction' then amount_cny else 0 end) as deduction_cny,
        sum(case when kind = 'set_off' then amount_cny else 0 end) as set_off_cny,
        sum(case when kind = 'bank_fee' then amount_cny else 0 end) as bank_fee_cny,
        sum(case when kind = 'fx_diff' then amount_cny else 0 end) as fx_diff_cny,
        sum(case when kind = 'rounding' then amount_cny else 0 end) as rounding_cny,
        sum(case when kind = 'write_off' then amount_cny else 0 end) as write_off_cny,
        sum(case when kind = 'billed' then amount_cny else -amount_cny end) as change_cny
    from movement
    group by customer_id, month_start(moved_date)
),
first_month as (
    select customer_id, min(month_start) as month_start from moved group by customer_id
),
every_month as (
    select cast(earliest.month_start + numbers.number * interval '1 month' as date) as month_start
    from (select min(month_start) as month_start from moved) as earliest
    cross join generate_series(0, 1199) as numbers(number)
),
month as (
    select
        first_month.customer_id, every_month.month_start,
        least(month_end(every_month.month_start), business_today()) as as_of_date
    from first_month
    join every_month on every_month.month_start between first_month.month_start and business_today()
),
rolled as (
    select
        month.customer_id, month.month_start, month.as_of_date, moved.customer_id is not null as has_moved,
        coalesce(moved.billed_cny, 0) as billed_cny,
        coalesce(moved.cash_cny, 0) as cash_cny, coalesce(moved.bank_bill_cny, 0) as bank_bill_cny,
        coalesce(moved.commercial_bill_cny, 0) as commercial_bill_cny,
        coalesce(moved.supply_chain_note_cny, 0) as supply_chain_note_cny,
        coalesce(moved.prepayment_applied_cny, 0) as prepayment_applied_cny,
        coalesce(moved.credit_note_cny, 0) as credit_note_cny, coalesce(moved.discount_cny, 0) as discount_cny,
        coalesce(moved.deduction_cny, 0) as deduction_cny, coalesce(moved.set_off_cny, 0) as set_off_cny,
        coalesce(moved.bank_fee_cny, 0) as bank_fee_cny, coalesce(moved.fx_diff_cny, 0) as fx_diff_cny,
        coalesce(moved.rounding_cny, 0) as rounding_cny, coalesce(moved.write_off_cny, 0) as write_off_cny,
        coalesce(moved.change_cny, 0) as change_cny,
        sum(coalesce(moved.change_cny, 0)) over (partition by month.customer_id order by month.month_start) as closing_cny
    from month
    left join moved on moved.customer_id = month.customer_id and moved.month_start = month.month_start
)
select
    rolled.customer_id, month_text(rolled.month_start) as month, rolled.month_start, rolled.as_of_date,
    customer.name as customer_name,
    (rolled.closing_cny - rolled.change_cny)::decimal(18, 2) as opening_cny,
    rolled.billed_cny::decimal(18, 2) as billed_cny,
    rolled.cash_cny::decimal(18, 2) as cash_cny,
    rolled.bank_bill_cny::decimal(18, 2) as bank_bill_cny,
    rolled.commercial_bill_cny::decimal(18, 2) as commercial_bill_cny,
    rolled.supply_chain_note_cny::decimal(18, 2) as supply_chain_note_cny,
    rolled.prepayment_applied_cny::decimal(18, 2) as prepayment_applied_cny,
    rolled.credit_note_cny::decimal(18, 2) as credit_note_cny,
    rolled.discount_cny::decimal(18, 2) as discount_cny,
    rolled.deduction_cny::decimal(18, 2) as deduction_cny,
    rolled.set_off_cny::decimal(18, 2) as set_off_cny,
    rolled.bank_fee_cny::decimal(18, 2) as bank_fee_cny,
    rolled.fx_diff_cny::decimal(18, 2) as fx_diff_cny,
    rolled.rounding_cny::decimal(18, 2) as rounding_cny,
    rolled.write_off_cny::decimal(18, 2) as write_off_cny,
    rolled.closing_cny::decimal(18, 2) as closing_cny,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from rolled
left join core.customer on customer.customer_id = rolled.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = rolled.customer_id
    and territory_assignment.valid_from <= rolled.as_of_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > rolled.as_of_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where rolled.has_moved or rolled.closing_cny <> 0
