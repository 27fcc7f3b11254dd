-- what     What bureaus told of customers (风险事件): each event with how it came to us and the paid check behind that: new (found by
--          comparing two checks), known (since the first check) or lifted (a later check no longer has it). METRICS HEA-5.
-- grain    one row per event and what a check said of it
-- key      finding_id
-- sources  core.bureau_check, core.customer, core.employee, core.risk_event, core.territory_assignment
-- column   change: new, known or lifted
-- column   found_date: business day of the check behind it; of events of a source without checks, the day we had it
-- column   bureau_check_id, service, order_number, call_cost_cny, found_at: the paid check that showed it
-- column   before_check_id, before_at: of a new event the check before, which did not have it; of a lifted one the last that had it
-- column   days_between: from that check to this one: it happened in between
-- column   rls_owner: owner of the customer today
-- reference customer_id -> core.customer.customer_id
-- accepted change: new, known, lifted
with finding as (
    select
        risk_event_id, customer_id, kind, title, case_number, company_name, amount_cny, event_date, is_live, bureaus, connection,
        case when is_new then 'new' else 'known' end as change,
        found_check_id as bureau_check_id, found_at, before_check_id, before_at, recorded_at
    from core.risk_event
    union all
    select
        risk_event_id, customer_id, kind, title, case_number, company_name, amount_cny, event_date, is_live, bureaus, connection,
        'lifted',
        left_check_id, left_at, null, last_seen_at, recorded_at
    from core.risk_event
    where left_at is not null and kind in (
        'dishonest_debtor', 'bankruptcy', 'high_consumption_limit', 'serious_violation', 'enforcement', 'equity_freeze',
        'tax_arrears', 'abnormal_operation'
    )
)
select
    finding.risk_event_id || ' ' || finding.change as finding_id,
    finding.risk_event_id, finding.customer_id,
    coalesce(customer.name, finding.company_name) as customer_name,
    finding.change, finding.kind, finding.title, finding.case_number, finding.amount_cny, finding.event_date, finding.is_live,
    business_date(coalesce(finding.found_at, finding.recorded_at)) as found_date,
    month_text(business_date(coalesce(finding.found_at, finding.recorded_at))) as found_month,
    finding.bureau_check_id, bureau_check.service, bureau_check.order_number, bureau_check.cost_cny as call_cost_cny,
    finding.found_at, finding.before_check_id, finding.before_at,
    business_date(finding.found_at) - business_date(finding.before_at) as days_between,
    finding.bureaus, finding.connection,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from finding
left join core.customer on customer.customer_id = finding.customer_id
left join core.bureau_check on bureau_check.bureau_check_id = finding.bureau_check_id
left join core.territory_assignment
    on territory_assignment.customer_id = finding.customer_id
    and territory_assignment.valid_from <= business_today()
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > business_today()
left join core.employee on employee.employee_id = territory_assignment.owner_id
