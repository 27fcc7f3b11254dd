-- what     Customers' bank lines (客户到账) with what has become of them: matched by the hub, allocated in the ERP, or open. METRICS
--          section 4, APP-1, APP-2, APP-4.
-- grain    one row per incoming bank line of a customer or of nobody known, up to the as-of day
-- key      bank_transaction_id
-- sources  core.bank_transaction, core.calendar, core.cash_match, core.cash_match_part, core.customer, core.customer_name, core.employee,
--          core.receipt_bank_line, core.settlement, core.territory_assignment, ops.cash_suggestion
-- column   state: applied (wholly allocated, by the hub or in the ERP), part (a part of it), suggested_strong, suggested_check, open
-- column   applied_by: hub (without a person), person (in the hub), erp; null while it is open
-- column   applied_date: the day on which it was wholly allocated
-- column   is_matched: APP-1: wholly allocated without a person by the next workday and not reversed within 60 days
-- column   is_payer_matched: APP-1 at payer level: the customer is known from the bank's data alone, or by an automatic match
-- column   is_automatic: APP-2: the hub matched it without a person
-- column   is_reversed: APP-2: such a match was taken back within 60 days
-- column   workdays_to_apply: APP-4; null while it is open
-- column   is_different: the ERP booked it otherwise than the hub has it
-- column   rls_owner: owner of the customer on the value date (METRICS 0.9)
-- accepted state: applied, part, suggested_strong, suggested_check, open
-- accepted applied_by: hub, person, erp
with line as (
    select
        bank_transaction.*, customer_name.customer_id as named_customer_id
    from core.bank_transaction
    left join core.customer_name on customer_name.normalised_name = normal_name(bank_transaction.counterparty_name)
    where bank_transaction.amount_cny > 0 and bank_transaction.category in ('customer', 'other')
        and bank_transaction.value_date <= business_today()
),
erp_day as (
    select
        receipt_bank_line.bank_transaction_id, business_date(settlement.recorded_at) as day, sum(settlement.amount_cny) as amount_cny
    from core.receipt_bank_line
    join core.settlement on settlement.receipt_id = receipt_bank_line.receipt_id and settlement.is_money
    group by receipt_bank_line.bank_transaction_id, business_date(settlement.recorded_at)
),
erp_reached as (
    select
        erp_day.bank_transaction_id, erp_day.day,
        sum(erp_day.amount_cny) over (partition by erp_day.bank_transaction_id order by erp_day.day) as amount_cny
    from erp_day
),
erp as (
    select
        erp_reached.bank_transaction_id,
        min(erp_reached.day) filter (where erp_reached.amount_cny >= line.amount_cny) as full_date,
        max(erp_reached.amount_cny) as amount_cny
    from erp_reached
    join line on line.bank_transaction_id = erp_reached.bank_transaction_id
    group by erp_reached.bank_transaction_id
),
hub as (
    select
        bank_transaction_id,
        sum(amount_cny) as amount_cny, max(business_date(matched_at)) as full_date,
        bool_and(is_applied_by_hub) as is_by_hub, min(customer_id) as customer_id,
        bool_or(erp_state = 'differs') as is_different
    from core.cash_match
    where kind = 'cash'
    group by bank_transaction_id
),
automatic as (
    select
        bank_transaction_id,
        sum(case when kind = 'cash' and undone_at is null then amount_cny else 0 end) as amount_cny,
        max(case when undone_at is null then business_date(matched_at) end) as matched_date,
        bool_or(coalesce(business_date(undone_at) <= business_date(matched_at) + 60, false)) as is_reversed,
        min(customer_id) as customer_id
    from core.cash_match_part
    where is_applied_by_hub
    group by bank_transaction_id
),
suggestion as (
    select bank_transaction_id, match_class, payer_id, amount_cny from ops.cash_suggestion where rank = 1
),
applied as (
    select
        line.*,
        coalesce(line.customer_id, hub.customer_id) as known_customer_id,
        case when hub.amount_cny >= line.amount_cny then hub.full_date end as hub_date, erp.full_date as erp_date,
        coalesce(hub.is_by_hub, false) as is_by_hub, coalesce(hub.is_different, false) as is_different,
        automatic.bank_transaction_id is not null as is_automatic,
        coalesce(automatic.is_reversed, false) as is_reversed,
        coalesce(automatic.amount_cny = line.amount_cny, false) as is_all_automatic, automatic.matched_date,
        automatic.customer_id is not null or line.named_customer_id is not null as is_payer_known,
        greatest(coalesce(hub.amount_cny, 0), coalesce(erp.amount_cny, 0)) > 0 as is_begun,
        suggestion.match_class, suggestion.payer_id as suggested_payer_id, suggestion.amount_cny as suggested_cny
    from line
    left join erp on erp.bank_transaction_id = line.bank_transaction_id
    left join hub on hub.bank_transaction_id = line.bank_transaction_id
    left join automatic on automatic.bank_transaction_id = line.bank_transaction_id
    left join suggestion on suggestion.bank_transaction_id = line.bank_transaction_id
),
dated as (
    select applied.*, least(hub_date, erp_date) as applied_date from applied
)
select
    dated.bank_transaction_id, dated.known_customer_id as customer_id, customer.name as customer_name,
    dated.counterparty_name as payer_name, dated.counterparty_account as payer_account, dated.remark, dated.reference,
    dated.amount_cny,
    case
        when dated.applied_date is not null then 'applied'
        when dated.is_begun then 'part'
        when dated.match_class in ('suggested_strong', 'suggested_check') then dated.match_class
        else 'open'
    end as state,
    case
        when dated.applied_date is null then null
        when coalesce(dated.hub_date <= dated.erp_date, dated.erp_date is null) then case when dated.is_by_hub then 'hub' else 'person' end
        else 'erp'
    end as applied_by,
    coalesce(dated.is_all_automatic and not dated.is_reversed and matched_day.workday_index <= value_day.workday_index + 1, false)
        as is_matched,
    dated.is_payer_known as is_payer_matched,
    dated.is_automatic, dated.is_reversed, dated.is_different,
    dated.known_customer_id is null as is_unidentified,
    cast(applied_day.workday_index - value_day.workday_index as int) as workdays_to_apply,
    cast(business_today() - dated.value_date as int) as age_days,
    dated.suggested_payer_id, dated.suggested_cny,
    dated.value_date, dated.applied_date,
    month_text(dated.value_date) as month, month_start(dated.value_date) as month_start,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from dated
left join core.calendar as value_day on value_day.day = dated.value_date
left join core.calendar as applied_day on dated.applied_date is not null and applied_day.day = greatest(dated.applied_date, dated.value_date)
left join core.calendar as matched_day on matched_day.day = dated.matched_date
left join core.customer on customer.customer_id = dated.known_customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = dated.known_customer_id
    and territory_assignment.valid_from <= dated.value_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > dated.value_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
where not coalesce(customer.is_internal, false)
