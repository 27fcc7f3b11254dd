-- what     Finance's morning list (财务晨会清单), one thing to do a row: what is due, promised or confirmed for today, what arrived since the
--          last workday, what should have come and did not, payers nobody knows, matches to confirm, banks whose lines are late.
--          The list's day is the first workday after the as-of day; what is for the as-of day itself stands on it too. REQUIREMENTS B7.
-- grain    one row per task
-- key      task_key
-- sources  core.bank_transaction, core.calendar, core.cash_match, core.customer, core.employee, core.forecast_statement, core.open_item,
--          core.open_item_as_of, core.standing_statement, core.territory_assignment, core.todo_state, marts.confirmed_unpaid, marts.dispute,
--          staging.bank_coverage
-- column   task_kind: missing (confirmed, no money), broken (promise past its day and 3 workdays), payer (unknown), arrived, due, said
--          (promised or confirmed for today), match (money of a known
--          customer that pays nothing yet, or that the ERP applied otherwise than the hub: detail is differs), bank (its lines are late)
-- column   task_date: the day the task is about: due, promised or confirmed day, value date, last covered day
-- column   days: from task_date to the as-of day; 0 or less is not past
-- column   who: whom to ask: who said it, else the customer's owner
-- column   is_disputed: an open dispute stands on the item
-- column   state: open, asked, snoozed or done; as of the build: the hub lays newer acts over it
-- accepted task_kind: missing, broken, payer, arrived, due, said, match, bank
-- accepted state: open, asked, snoozed, done
with clock as (
    select
        business_today() as today, min(calendar.day) filter (where calendar.is_workday and calendar.day > business_today()) as list_date,
        max(calendar.day) filter (where calendar.is_workday and calendar.day <= business_today()) as last_workday,
        max(calendar.workday_index) filter (where calendar.day = business_today()) as today_index
    from core.calendar
),
standing as ( -- the last word of each thread, with what its document or order still owes
    select
        forecast_statement.statement_id, forecast_statement.thread_id, forecast_statement.customer_id, forecast_statement.stated_by,
        forecast_statement.subject_kind, forecast_statement.subject_number, forecast_statement.certainty, forecast_statement.amount_cny,
        forecast_statement.expected_date, forecast_statement.stated_date, calendar.workday_index as expected_index
    from core.forecast_statement
    join core.calendar on calendar.day = forecast_statement.expected_date
    cross join clock
    where forecast_statement.replaced_date is null and not forecast_statement.is_withdrawn
        and forecast_statement.certainty in ('promised', 'confirmed') and forecast_statement.expected_date <= clock.list_date
),
owed_by_item as (
    select
        open_item_as_of.item_id, open_item.customer_id, open_item.document_number, open_item.order_number, open_item_as_of.open_amount_cny,
        open_item.effective_due_date
    from core.open_item_as_of
    join core.open_item on open_item.item_id = open_item_as_of.item_id
    where open_item_as_of.as_of_date = business_today() and open_item_as_of.open_amount_cny > 0
        and not open_item_as_of.is_undue_retention
),
owed as ( -- an item belongs to its document, to its order and to its customer
    select 'document' as subject_kind, document_number as subject_number, customer_id, sum(open_amount_cny) as open_cny
    from owed_by_item group by document_number, customer_id
    union all
    select 'order', order_number, customer_id, sum(open_amount_cny) from owed_by_item where order_number is not null
    group by order_number, customer_id
),
awaited as (
    select
        standing.*,
        greatest(case when standing.subject_kind = 'none' then standing.amount_cny - coalesce(standing_statement.received_cny, 0)
            else least(standing.amount_cny - coalesce(standing_statement.received_cny, 0), coalesce(owed.open_cny, 0)) end, 0)::decimal(18, 2)
            as awaited_cny
    from standing
    left join owed
        on owed.subject_kind = standing.subject_kind and owed.subject_number = standing.subject_number
        and owed.customer_id = standing.customer_id
    left join core.standing_statement on standing_statement.statement_id = standing.statement_id
),
disputed as (
    select distinct item_id from marts.dispute where is_open
),
disputed_document as (
    select distinct document_number, customer_id from marts.dispute where is_open
),
matched as ( -- what the hub's matching says of a line
    select bank_transaction_id, bool_or(erp_state = 'differs') as is_different, min(customer_id) as customer_id
    from core.cash_match group by bank_transaction_id
),
covered as (
    select connection, account, max(covered_to) as covered_to from staging.bank_coverage where not is_deleted group by connection, account
),
task as (
    select
        'missing:' || confirmed_unpaid.statement_id as task_key, 'missing' as task_kind, confirmed_unpaid.customer_id,
        confirmed_unpaid.stated_by as person_id, confirmed_unpaid.missing_now_cny as amount_cny,
        confirmed_unpaid.document_number, confirmed_unpaid.statement_id, null as item_id, null as bank_transaction_id,
        null as detail, confirmed_unpaid.expected_date as task_date
    from marts.confirmed_unpaid
    join core.forecast_statement on forecast_statement.statement_id = confirmed_unpaid.statement_id
    where confirmed_unpaid.arrived_date is null and confirmed_unpaid.missing_now_cny > greatest(1.00, confirmed_unpaid.amount_cny * 0.005) and forecast_statement.replaced_date is null
    union all
    select
        'broken:' || awaited.statement_id, 'broken', awaited.customer_id, awaited.stated_by, awaited.awaited_cny,
        awaited.subject_number, awaited.statement_id, null, null, null, awaited.expected_date
    from awaited
    cross join clock
    where awaited.certainty = 'promised' and awaited.expected_index + 3 < clock.today_index
        and awaited.awaited_cny > greatest(1.00, awaited.amount_cny * 0.005)
    union all
    select
        'said:' || awaited.statement_id, 'said', awaited.customer_id, awaited.stated_by, awaited.awaited_cny,
        awaited.subject_number, awaited.statement_id, null, null, awaited.certainty, awaited.expected_date
    from awaited
    cross join clock
    where awaited.expected_date between clock.today and clock.list_date and awaited.awaited_cny > 0
    union all
    select
        'due:' || owed_by_item.item_id, 'due', owed_by_item.customer_id, null, owed_by_item.open_amount_cny,
        owed_by_item.document_number, null, owed_by_item.item_id, null, null, owed_by_item.effective_due_date
    from owed_by_item
    cross join clock
    where owed_by_item.effective_due_date between clock.today and clock.list_date
    union all
    select
        'arrived:' || bank_transaction.bank_transaction_id, 'arrived', bank_transaction.customer_id, null, bank_transaction.amount_cny,
        bank_transaction.reference, null, null, bank_transaction.bank_transaction_id, bank_transaction.remark, bank_transaction.value_date
    from core.bank_transaction
    cross join clock
    where bank_transaction.amount_cny > 0 and bank_transaction.category in ('customer', 'other')
        and bank_transaction.customer_id is not null
        and bank_transaction.value_date >= clock.last_workday and bank_transaction.value_date <= clock.list_date
    union all
    select
        'payer:' || bank_transaction.bank_transaction_id, 'payer', null, null, bank_transaction.amount_cny,
        bank_transaction.reference, null, null, bank_transaction.bank_transaction_id,
        concat_ws(' ', bank_transaction.counterparty_name, bank_transaction.remark), bank_transaction.value_date
    from core.bank_transaction
    cross join clock
    left join matched on matched.bank_transaction_id = bank_transaction.bank_transaction_id
    where bank_transaction.amount_cny > 0 and bank_transaction.category in ('customer', 'other') and matched.customer_id is null
        and bank_transaction.customer_id is null and not bank_transaction.is_bill_proceeds
        and bank_transaction.value_date <= clock.list_date
        and bank_transaction.value_date > business_today() - 180
    union all
    select
        'match:' || bank_transaction.bank_transaction_id, 'match', bank_transaction.customer_id, null, bank_transaction.amount_cny,
        bank_transaction.reference, null, null, bank_transaction.bank_transaction_id,
        case when matched.is_different then 'differs' else bank_transaction.remark end, bank_transaction.value_date
    from core.bank_transaction
    cross join clock
    left join matched on matched.bank_transaction_id = bank_transaction.bank_transaction_id
    where bank_transaction.amount_cny > 0 and bank_transaction.category in ('customer', 'other')
        and bank_transaction.customer_id is not null and not bank_transaction.is_bill_proceeds
        and bank_transaction.value_date < clock.last_workday and bank_transaction.value_date > business_today() - 60
        and (coalesce(matched.is_different, false) or (matched.bank_transaction_id is null and not bank_transaction.is_linked))
    union all
    select
        'bank:' || covered.connection || ':' || covered.account, 'bank', null, null, null,
        null, null, null, null, covered.account, covered.covered_to
    from covered
    cross join clock
    where covered.covered_to < clock.last_workday and covered.covered_to > business_today() - 60
)
select
    task.task_key, task.task_kind,
    task.customer_id, customer.name as customer_name,
    coalesce(task.person_id, territory_assignment.owner_id) as person_id, coalesce(person.name, employee.name) as who,
    task.document_number, task.statement_id, task.item_id, task.bank_transaction_id, task.detail,
    task.amount_cny::decimal(18, 2) as amount_cny,
    cast(business_today() - task.task_date as int) as days,
    disputed.item_id is not null or disputed_document.document_number is not null as is_disputed,
    case
        when todo_state.action = 'done' then 'done'
        when todo_state.action = 'snoozed' and todo_state.until_date > business_today() then 'snoozed'
        when todo_state.action = 'asked' then 'asked'
        else 'open'
    end as state,
    case when todo_state.action = 'snoozed' and todo_state.until_date > business_today() then todo_state.until_date end as snoozed_until,
    case when todo_state.action <> 'reopened' then todo_state.reason end as state_reason, todo_state.acted_date,
    clock.list_date, task.task_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from task
cross join clock
left join core.customer on customer.customer_id = task.customer_id
left join core.employee as person on person.employee_id = task.person_id
left join core.territory_assignment
    on territory_assignment.customer_id = task.customer_id
    and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
left join core.employee on employee.employee_id = territory_assignment.owner_id
left join disputed on disputed.item_id = task.item_id
left join disputed_document
    on disputed_document.document_number = task.document_number and disputed_document.customer_id = task.customer_id
left join core.todo_state on todo_state.task_key = task.task_key
