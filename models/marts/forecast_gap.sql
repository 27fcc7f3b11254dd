-- what     Why a month's forecast at H1 was not what came, in parts that add up to forecast - actual for every customer and month, to
--          the cent. METRICS FVA-6, on the collection basis (so there is no part "form"), evaluated today.
-- grain    one row per month, part and what is behind it: a statement, a part of a collection, or both
-- key      gap_id
-- sources  core.collection, core.customer, core.employee, core.forecast_cutoff, core.territory_assignment, core.thread_at_cutoff,
--          core.thread_match, core.thread_outcome, core.unstated_collection
-- column   part: slipped, pulled_in, arrears, amount, not_paid, unforecast, unidentified or reversed
-- column   sub_part: slipped, not_paid: the statement's certainty, or no_basis; amount: settled_otherwise, more_than_stated;
--          unforecast: said_after, nobody
-- column   amount_cny: signed; positive parts were forecast and did not come in the month
-- column   stated_by: who stated the thread; without a thread the customer's owner at the cut-off, who said nothing
-- accepted part: slipped, pulled_in, arrears, amount, not_paid, unforecast, unidentified, reversed
with moved as ( -- receipts of the month taken by threads of other months, and receipts after it taken by its threads
    select
        forecast_cutoff.month, forecast_cutoff.cutoff_date, thread_match.statement_id, thread_match.share_id,
        thread_match.collection_id, thread_at_cutoff.customer_id, thread_at_cutoff.stated_by, thread_at_cutoff.certainty,
        case when thread_at_cutoff.subject_kind = 'document' then thread_at_cutoff.subject_number end as document_number,
        thread_match.matched_cny,
        case
            when thread_at_cutoff.expected_date < forecast_cutoff.month_start then 'arrears'
            when thread_at_cutoff.expected_date > forecast_cutoff.month_end then 'pulled_in'
            else 'slipped'
        end as part
    from core.forecast_cutoff
    join core.thread_match
        on thread_match.matching = cast(forecast_cutoff.cutoff_date as varchar)
        and thread_match.value_date >= forecast_cutoff.month_start
    join core.thread_at_cutoff
        on thread_at_cutoff.cutoff_date = forecast_cutoff.cutoff_date and thread_at_cutoff.statement_id = thread_match.statement_id
    where forecast_cutoff.horizon = 'H1'
        and (thread_match.value_date <= forecast_cutoff.month_end)
            <> (thread_at_cutoff.expected_date between forecast_cutoff.month_start and forecast_cutoff.month_end)
),
part as (
    select
        month, cutoff_date, part, case when part = 'slipped' then certainty end as sub_part,
        case when part = 'slipped' then matched_cny else -matched_cny end as amount_cny,
        statement_id, stated_by, customer_id, share_id, collection_id, document_number
    from moved
    union all
    select
        month, cutoff_date, 'not_paid', case when lacks_basis then 'no_basis' else certainty end, open_cny,
        statement_id, stated_by, customer_id, null, null, case when subject_kind = 'document' then subject_number end
    from core.thread_outcome where open_cny <> 0
    union all
    select
        month, cutoff_date, 'amount', 'settled_otherwise', settled_otherwise_cny,
        statement_id, stated_by, customer_id, null, null, case when subject_kind = 'document' then subject_number end
    from core.thread_outcome where settled_otherwise_cny <> 0
    union all
    select
        month, cutoff_date,
        case reason when 'unidentified' then 'unidentified' when 'more_than_stated' then 'amount' else 'unforecast' end,
        case when reason <> 'unidentified' then reason end, -rest_cny,
        null, null, coalesce(customer_id, '(unknown)'), share_id, collection_id, document_number
    from core.unstated_collection
    union all
    select
        forecast_cutoff.month, forecast_cutoff.cutoff_date, 'reversed', collection.kind, -collection.amount_cny,
        null, null, coalesce(collection.customer_id, '(unknown)'), collection.collection_id, collection.collection_id, null
    from core.collection
    join core.forecast_cutoff
        on collection.value_date between forecast_cutoff.month_start and forecast_cutoff.month_end and forecast_cutoff.horizon = 'H1'
    where collection.amount_cny < 0
)
select
    part.month || '|' || part.part || '|' || coalesce(part.statement_id, '') || '|' || coalesce(part.share_id, '') as gap_id,
    part.month, part.part, part.sub_part,
    part.customer_id, customer.name as customer_name,
    part.statement_id, coalesce(part.stated_by, territory_assignment.owner_id) as stated_by, speaker.name as stated_by_name,
    collection.bank_transaction_id, collection.receipt_id, part.document_number,
    part.amount_cny::decimal(18, 2) as amount_cny,
    cast(part.cutoff_date + 1 as date) as month_start, part.cutoff_date, collection.value_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from part
left join core.collection on collection.collection_id = part.collection_id
left join core.customer on customer.customer_id = part.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = part.customer_id
    and territory_assignment.valid_from <= part.cutoff_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > part.cutoff_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
left join core.employee as speaker on speaker.employee_id = coalesce(part.stated_by, territory_assignment.owner_id)
