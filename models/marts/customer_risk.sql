-- what     Risk of a customer at a bureau's word (征信风险), and how urgent the next paid check is: the money that is open with it times
--          a factor. METRICS HEA-5.
-- grain    one row per customer, internal ones left out
-- key      customer_id
-- sources  core.bureau_check, core.customer, core.employee, core.risk_event, core.territory_assignment,
--          marts.bill, marts.customer_health, marts.open_receivable, marts.order_backlog, ops.bureau_service
-- column   receivable_cny: open receivables without credits; bills_cny: on hand and contingent; orders_cny: orders in hand and what
--          was delivered and not invoiced
-- column   exposure_cny: receivable_cny + bills_cny + orders_cny
-- column   priority_factor: 1 + overdue share of the receivables + 1 if red in the latest month + 1 if there are live entries + age of
--          the last check in years, at most 1 (1 if never checked)
-- column   priority_cny: exposure x factor: who is asked about first
-- column   live_entries: of a list (dishonest debtor, enforcement, ...); live_kinds: their kinds, by commas
-- column   events_12_months: records and changes of controller whose day lies in the last 12 months
-- column   new_events: found by comparing checks, ever; last_found_date: the day of the last of them
-- column   last_checked_date: last successful check of any service
-- column   next_due_date: first day on which a service is due; the as-of day where one was never asked; null before a run was planned
-- column   bureau_cost_cny: what its checks have cost so far
-- column   is_renamed: the bureau's last answer knows a name that is neither ours nor among the former names it told
-- index    customer_id
-- reference customer_id -> core.customer.customer_id
with receivable as (
    select
        customer_id,
        sum(open_amount_cny) as receivable_cny,
        sum(case when is_overdue then open_amount_cny else 0 end) as overdue_cny
    from marts.open_receivable
    where open_amount_cny > 0
    group by customer_id
),
bill as (
    select customer_id, sum(on_hand_cny + contingent_cny) as bills_cny
    from marts.bill
    where as_of_date = business_today()
    group by customer_id
),
backlog as (
    select customer_id, sum(coalesce(backlog_cny, 0) + coalesce(uninvoiced_cny, 0)) as orders_cny
    from marts.order_backlog
    where as_of_date = business_today()
    group by customer_id
),
colour as (
    select distinct on (customer_id) customer_id, colour from marts.customer_health order by customer_id, month desc
),
event as (
    select
        customer_id,
        count(*) filter (where is_live and kind in (
            'dishonest_debtor', 'bankruptcy', 'high_consumption_limit', 'serious_violation', 'enforcement', 'equity_freeze',
            'tax_arrears', 'abnormal_operation'
        ))::int as live_entries,
        string_agg(distinct kind, ',' order by kind) filter (where is_live and kind in (
            'dishonest_debtor', 'bankruptcy', 'high_consumption_limit', 'serious_violation', 'enforcement', 'equity_freeze',
            'tax_arrears', 'abnormal_operation'
        )) as live_kinds,
        count(*) filter (where event_date > business_today() - interval '12 months')::int as events_12_months,
        count(*) filter (where is_new)::int as new_events,
        max(business_date(found_at)) filter (where is_new) as last_found_date
    from core.risk_event
    where customer_id is not null
    group by customer_id
),
checked as (
    select
        customer_id,
        max(checked_date) filter (where is_successful) as last_checked_date,
        count(*) as checks,
        sum(cost_cny) as bureau_cost_cny
    from core.bureau_check
    where customer_id is not null
    group by customer_id
),
last_check as (
    select customer_id, connection, service, max(checked_date) as checked_date
    from core.bureau_check
    where customer_id is not null
    group by customer_id, connection, service
),
due as (
    select
        customer.customer_id,
        min(case when last_check.checked_date is null then business_today()
            else last_check.checked_date + bureau_service.refresh_days end) as next_due_date
    from core.customer
    cross join ops.bureau_service
    left join last_check
        on last_check.customer_id = customer.customer_id and last_check.connection = bureau_service.connection
        and last_check.service = bureau_service.service
    where not coalesce(customer.is_internal, false)
    group by customer.customer_id
),
named as (
    select distinct on (customer_id) customer_id, registered_name
    from core.bureau_check
    where customer_id is not null and registered_name is not null
    order by customer_id, checked_at desc, service
),
former as (
    select customer_id, string_agg(former_names, '|') as former_names
    from core.bureau_check
    where customer_id is not null and former_names is not null
    group by customer_id
),
total as (
    select
        customer.customer_id, customer.name as customer_name, customer.credit_code,
        coalesce(receivable.receivable_cny, 0)::decimal(18, 2) as receivable_cny,
        coalesce(receivable.overdue_cny, 0)::decimal(18, 2) as overdue_cny,
        coalesce(bill.bills_cny, 0)::decimal(18, 2) as bills_cny,
        coalesce(backlog.orders_cny, 0)::decimal(18, 2) as orders_cny,
        colour.colour,
        coalesce(event.live_entries, 0) as live_entries, event.live_kinds,
        coalesce(event.events_12_months, 0) as events_12_months,
        coalesce(event.new_events, 0) as new_events, event.last_found_date,
        checked.last_checked_date, coalesce(checked.checks, 0)::int as checks,
        coalesce(checked.bureau_cost_cny, 0)::decimal(18, 2) as bureau_cost_cny,
        due.next_due_date,
        coalesce(
            normal_name(named.registered_name) <> normal_name(customer.name)
            and position(normal_name(customer.name) in coalesce(normal_name(former.former_names), '')) = 0,
            false
        ) as is_renamed
    from core.customer
    left join receivable on receivable.customer_id = customer.customer_id
    left join bill on bill.customer_id = customer.customer_id
    left join backlog on backlog.customer_id = customer.customer_id
    left join colour on colour.customer_id = customer.customer_id
    left join event on event.customer_id = customer.customer_id
    left join checked on checked.customer_id = customer.customer_id
    left join due on due.customer_id = customer.customer_id
    left join named on named.customer_id = customer.customer_id
    left join former on former.customer_id = customer.customer_id
    where not coalesce(customer.is_internal, false)
),
weighed as (
    select
        total.*,
        receivable_cny + bills_cny + orders_cny as exposure_cny,
        1 + case when receivable_cny > 0 then overdue_cny / receivable_cny else 0 end
            + case when colour = 'red' then 1 else 0 end
            + case when live_entries > 0 then 1 else 0 end
            + case
                when last_checked_date is null or business_today() - last_checked_date >= 365 then 1
                when last_checked_date > business_today() then 0
                else (business_today() - last_checked_date)::decimal(18, 2) / 365
            end as factor
    from total
)
select
    weighed.customer_id, weighed.customer_name, weighed.credit_code,
    weighed.receivable_cny, weighed.overdue_cny, weighed.bills_cny, weighed.orders_cny,
    weighed.exposure_cny::decimal(18, 2) as exposure_cny,
    weighed.factor::decimal(9, 4) as priority_factor,
    (weighed.exposure_cny * weighed.factor::decimal(9, 4))::decimal(18, 2) as priority_cny,
    weighed.colour,
    weighed.live_entries, weighed.live_kinds, weighed.events_12_months, weighed.new_events, weighed.last_found_date,
    weighed.last_checked_date, weighed.checks, weighed.bureau_cost_cny, weighed.next_due_date,
    coalesce(weighed.next_due_date <= business_today(), false) as is_due,
    weighed.is_renamed,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from weighed
left join core.territory_assignment
    on territory_assignment.customer_id = weighed.customer_id
    and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
left join core.employee on employee.employee_id = territory_assignment.owner_id
