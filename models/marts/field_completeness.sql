-- what     How complete master data is (完整性), weighed by the receivables it decides about. METRICS DAT-6, REC-1.
-- grain    one row per customer with open receivables today and field
-- key      customer_id, field
-- sources  core.customer, core.employee, core.open_item, core.open_item_as_of, core.payment_term, core.territory_assignment
-- column   field: credit_code (统一社会信用代码), due_date (到期日, from the document or its instalments), term (收款条件), owner (负责人)
-- column   gross_cny: REC-1 gross of the customer; the same on each of its rows, so that fields never add up
-- column   complete_cny: of it the part whose field is there
-- column   items: open items in the gross; complete_items: of them those whose field is there
-- accepted field: credit_code, due_date, term, owner
with owed as (
    select
        open_item.customer_id,
        sum(open_item_as_of.open_amount_cny) as gross_cny, count(*) as items,
        sum(case when open_item.due_source in ('instalment', 'document') then open_item_as_of.open_amount_cny else 0 end) as dated_cny,
        count(*) filter (where open_item.due_source in ('instalment', 'document')) as dated_items
    from core.open_item_as_of
    join core.open_item on open_item.item_id = open_item_as_of.item_id
    where open_item_as_of.as_of_date = business_today() and not open_item_as_of.is_undue_retention
        and open_item_as_of.open_amount_cny > 0
    group by open_item.customer_id
),
known as (
    select
        owed.*, customer.name as customer_name,
        customer.credit_code is not null as has_code,
        payment_term.customer_id is not null as has_term,
        coalesce(territory_assignment.owner_id, 'unassigned') <> 'unassigned' as has_owner,
        coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
        coalesce(territory_assignment.region, 'unassigned') as rls_region
    from owed
    left join core.customer on customer.customer_id = owed.customer_id
    left join core.payment_term on payment_term.customer_id = owed.customer_id
    left join core.territory_assignment
        on territory_assignment.customer_id = owed.customer_id and territory_assignment.valid_from <= business_today()
        and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
    left join core.employee on employee.employee_id = territory_assignment.owner_id
),
measured as (
    select known.*, 'credit_code' as field, case when has_code then gross_cny else 0 end as complete_cny, case when has_code then items else 0 end as complete_items
    from known
    union all
    select known.*, 'due_date', dated_cny, dated_items from known
    union all
    select known.*, 'term', case when has_term then gross_cny else 0 end, case when has_term then items else 0 end from known
    union all
    select known.*, 'owner', case when has_owner then gross_cny else 0 end, case when has_owner then items else 0 end from known
)
select
    customer_id, customer_name, field,
    gross_cny::decimal(18, 2) as gross_cny, complete_cny::decimal(18, 2) as complete_cny,
    items::int as items, complete_items::int as complete_items,
    rls_owner, owner_name, rls_region
from measured
