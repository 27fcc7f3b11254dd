-- what     Coverage of statements (预测覆盖率): what falls due in a month, and whether anybody had said when it comes. METRICS FVA-10.
-- grain    one row per month, horizon and item that falls due in the month and was open at the cut-off, undue retention apart
-- key      month, horizon, item_id
-- sources  core.customer, core.employee, core.forecast_cutoff, core.item_balance, core.open_item, core.territory_assignment,
--          core.thread_at_cutoff, core.thread_forecast
-- column   due_cny: open at the cut-off
-- column   covered_cny: the part with a statement that was current at the cut-off
-- column   covered_by: document, order, or customer: statements without a subject cover what falls due first, up to what they still
--          expect; nobody
-- accepted covered_by: document, order, customer, nobody
with due as (
    select
        forecast_cutoff.month, forecast_cutoff.horizon, forecast_cutoff.month_start, forecast_cutoff.cutoff_date,
        forecast_cutoff.is_running, forecast_cutoff.is_weekly,
        open_item.item_id, open_item.customer_id, open_item.document_id, open_item.document_number, open_item.order_number,
        open_item.effective_due_date, item_balance.open_amount_cny as due_cny
    from core.forecast_cutoff
    join core.open_item
        on open_item.effective_due_date between forecast_cutoff.month_start and forecast_cutoff.month_end
        and not (open_item.is_retention and open_item.effective_due_date > forecast_cutoff.cutoff_date)
    join core.item_balance
        on item_balance.item_id = open_item.item_id and item_balance.from_date <= forecast_cutoff.cutoff_date
        and coalesce(item_balance.to_date, date '9999-12-31') > forecast_cutoff.cutoff_date
    where item_balance.open_amount_cny > 0
),
subject as (
    select distinct cutoff_date, customer_id, subject_kind, subject_number
    from core.thread_at_cutoff where is_counted and subject_kind in ('document', 'order')
),
named as (
    select
        due.*,
        case when on_document.customer_id is not null then 'document' when on_order.customer_id is not null then 'order' end as named_by
    from due
    left join subject as on_document
        on on_document.cutoff_date = due.cutoff_date and on_document.customer_id = due.customer_id
        and on_document.subject_kind = 'document' and on_document.subject_number = due.document_number
    left join subject as on_order
        on on_order.cutoff_date = due.cutoff_date and on_order.customer_id = due.customer_id
        and on_order.subject_kind = 'order' and on_order.subject_number = due.order_number
),
unnamed as (
    select cutoff_date, customer_id, sum(forecast_cny) as forecast_cny
    from core.thread_forecast where subject_kind = 'none' group by cutoff_date, customer_id
),
queued as (
    select
        named.*, coalesce(unnamed.forecast_cny, 0) as unnamed_cny,
        sum(case when named_by is null then due_cny else 0 end) over (
            partition by named.month, named.horizon, named.customer_id order by effective_due_date, item_id rows unbounded preceding) as to_cny
    from named
    left join unnamed on unnamed.cutoff_date = named.cutoff_date and unnamed.customer_id = named.customer_id
),
covered as (
    select
        queued.*,
        case when named_by is not null then due_cny
            else greatest(least(due_cny, unnamed_cny - (to_cny - due_cny)), 0) end as covered_cny
    from queued
)
select
    covered.month, covered.horizon, covered.item_id, covered.document_id, covered.document_number,
    covered.customer_id, customer.name as customer_name,
    covered.due_cny, covered.covered_cny::decimal(18, 2) as covered_cny,
    coalesce(covered.named_by, case when covered.covered_cny > 0 then 'customer' end, 'nobody') as covered_by,
    covered.is_running, covered.is_weekly,
    covered.month_start, covered.cutoff_date, covered.effective_due_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from covered
left join core.customer on customer.customer_id = covered.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = covered.customer_id
    and territory_assignment.valid_from <= covered.cutoff_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > covered.cutoff_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
