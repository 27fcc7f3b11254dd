-- what     Unapplied cash (未核销收款): receipts that pay nothing yet, and bank lines of unknown payers. METRICS APP-3, 3.5.
-- grain    one row per receipt with a rest, or per bank line of an unknown payer, as of the as-of day
-- key      unapplied_id
-- sources  core.bank_transaction, core.customer, core.employee, core.item_balance, core.open_item, core.receipt, core.settlement,
--          core.territory_assignment
-- column   kind: receipt, or unidentified: a bank line whose payer nobody knows
-- column   unapplied_cny: of a customer's receipts without allocation as much as it owes, the oldest first; the rest is prepayment (3.5)
-- column   age_days: since the value date
-- column   rls_owner: owner of the customer on the as-of day (METRICS 0.9)
-- accepted kind: receipt, unidentified
with used as (
    select receipt_id, sum(amount_cny) as amount_cny
    from core.settlement
    where is_money and effective_date <= business_today()
    group by receipt_id
),
rest as (
    select
        receipt.receipt_id, receipt.customer_id, receipt.value_date,
        receipt.amount_cny - coalesce(used.amount_cny, 0) as rest_cny
    from core.receipt
    left join used on used.receipt_id = receipt.receipt_id
    where not receipt.is_prepayment and receipt.value_date <= business_today()
        and receipt.amount_cny <> coalesce(used.amount_cny, 0)
),
owed as (
    select open_item.customer_id, sum(greatest(item_balance.open_amount_cny, 0)) as gross_cny
    from core.item_balance
    join core.open_item on open_item.item_id = item_balance.item_id
    where item_balance.from_date <= business_today() and (item_balance.to_date is null or item_balance.to_date > business_today())
        and not (open_item.is_retention and open_item.effective_due_date > business_today())
    group by open_item.customer_id
),
netted as ( -- a refund not yet allocated takes from what was paid too much; the oldest money is unapplied first
    select
        rest.*, coalesce(owed.gross_cny, 0) as gross_cny,
        sum(least(rest_cny, 0)) over (partition by rest.customer_id) as refunded_cny,
        sum(greatest(rest_cny, 0)) over (partition by rest.customer_id order by value_date desc, receipt_id desc) as newer_cny
    from rest
    left join owed on owed.customer_id = rest.customer_id
),
remaining as ( -- refunds take from the newest
    select
        netted.*,
        greatest(least(rest_cny, newer_cny + refunded_cny), 0) as kept_cny
    from netted
    where rest_cny > 0
),
reached as (
    select remaining.*, sum(kept_cny) over (partition by customer_id order by value_date, receipt_id) as to_cny from remaining
),
unapplied as (
    select
        'receipt:' || receipt_id as unapplied_id, 'receipt' as kind, customer_id, receipt_id, null as bank_transaction_id, null as payer_name,
        greatest(least(to_cny, gross_cny) - (to_cny - kept_cny), 0) as unapplied_cny, value_date
    from reached
    union all
    select
        'bank_line:' || bank_transaction_id, 'unidentified', null, null, bank_transaction_id, counterparty_name, amount_cny, value_date
    from core.bank_transaction
    where customer_id is null and amount_cny > 0 and category in ('customer', 'other') and value_date <= business_today()
)
select
    unapplied.unapplied_id, unapplied.kind, unapplied.customer_id, customer.name as customer_name,
    unapplied.receipt_id, unapplied.bank_transaction_id, unapplied.payer_name,
    unapplied.unapplied_cny::decimal(18, 2) as unapplied_cny,
    cast(business_today() - unapplied.value_date as int) as age_days,
    unapplied.value_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from unapplied
left join core.customer on customer.customer_id = unapplied.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = unapplied.customer_id
    and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
left join core.employee on employee.employee_id = territory_assignment.owner_id
where unapplied.unapplied_cny > 0
