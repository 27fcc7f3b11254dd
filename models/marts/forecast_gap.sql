-- what     Why a month's forecast at a cut-off was not what came, in parts that add up to forecast - actual for every customer, month,
--          cut-off and basis, to the cent. METRICS FVA-6, evaluated today: as money comes later it moves from not_paid to slipped.
-- grain    one row per month, horizon, basis, part and what is behind it: a statement, a part of a collection, or both
-- key      gap_id
-- sources  core.collection, core.customer, core.employee, core.forecast_cutoff, core.forecast_statement, core.territory_assignment,
--          core.thread_at_cutoff, core.thread_match, core.thread_outcome, core.unstated_collection, marts.confirmed_unpaid
-- column   basis: collection (a bank bill counts when it is signed for) or cash (when its money comes)
-- column   part: slipped, pulled_in, arrears, amount, form, not_paid, unforecast, unidentified or reversed
-- column   sub_part: slipped, not_paid: the statement's certainty, or no_basis; amount: settled_otherwise, more_than_stated;
--          unforecast: said_after, nobody; reversed: refund, dishonour; form: bill_signed (counted on neither day of the money),
--          bill_paid (money of a bill signed for before), discount_interest
-- column   amount_cny: signed; positive parts were forecast and did not come in the month
-- column   stated_by: who stated the thread; without a thread the customer's owner at the cut-off, who said nothing
-- column   is_confirmed_unpaid: the statement's thread is one that was confirmed for this month and had no money (FVA-7)
-- accepted basis: collection, cash
-- accepted part: slipped, pulled_in, arrears, amount, form, not_paid, unforecast, unidentified, reversed
with cutoff as (
    select distinct month, month_start, month_end, window_start, cutoff_date from core.forecast_cutoff
),
bill as ( -- collected on the day of the signature, and no cash
    select collection_id from core.collection where amount_cny > 0 and cash_amount_cny = 0
),
taken as ( -- what threads took after the cut-off
    select
        cutoff.month, cutoff.cutoff_date, thread_match.statement_id, thread_match.share_id,
        thread_match.collection_id, thread_at_cutoff.customer_id, thread_at_cutoff.stated_by, thread_at_cutoff.certainty,
        case when thread_at_cutoff.subject_kind = 'document' then thread_at_cutoff.subject_number end as document_number,
        thread_match.matched_cny, bill.collection_id is not null as is_bill,
        thread_at_cutoff.expected_date < cutoff.month_start as is_of_before,
        thread_at_cutoff.expected_date between cutoff.month_start and cutoff.month_end as is_of_month,
        thread_match.value_date < cutoff.window_start as came_before,
        thread_match.value_date between cutoff.window_start and cutoff.month_end as came_in_month
    from cutoff
    join core.thread_match
        on thread_match.matching = cast(cutoff.cutoff_date as varchar) and thread_match.value_date > cutoff.cutoff_date
    join core.thread_at_cutoff
        on thread_at_cutoff.cutoff_date = cutoff.cutoff_date and thread_at_cutoff.statement_id = thread_match.statement_id
    left join bill on bill.collection_id = thread_match.collection_id
),
part as ( -- on which bases it counts: both, or one alone
    select
        month, cutoff_date,
        case
            when is_of_month and came_before then 'pulled_in'
            when is_of_month then 'slipped'
            when is_of_before then 'arrears'
            else 'pulled_in'
        end as part,
        case when is_of_month and not came_before then certainty end as sub_part,
        case when is_of_month then matched_cny else -matched_cny end as amount_cny,
        case when is_bill and came_in_month then 'collection' else 'both' end as counts_on,
        statement_id, stated_by, customer_id, share_id, collection_id, document_number
    from taken
    where is_of_month <> came_in_month
    union all
    select
        month, cutoff_date, 'form', 'bill_signed', matched_cny, 'cash',
        statement_id, stated_by, customer_id, share_id, collection_id, document_number
    from taken
    where is_of_month and came_in_month and is_bill
    union all
    select
        month, cutoff_date, 'not_paid', case when lacks_basis then 'no_basis' else certainty end, open_cny, 'both',
        statement_id, stated_by, customer_id, null, null, case when subject_kind = 'document' then subject_number end
    from core.thread_outcome where open_cny <> 0
    union all
    select
        month, cutoff_date, 'amount', 'settled_otherwise', settled_otherwise_cny, 'both',
        statement_id, stated_by, customer_id, null, null, case when subject_kind = 'document' then subject_number end
    from core.thread_outcome where settled_otherwise_cny <> 0
    union all
    select
        month, cutoff_date,
        case reason when 'unidentified' then 'unidentified' when 'more_than_stated' then 'amount' else 'unforecast' end,
        case when reason <> 'unidentified' then reason end, -rest_cny,
        case when bill.collection_id is not null then 'collection' else 'both' end,
        null, null, coalesce(customer_id, '(unknown)'), share_id, unstated_collection.collection_id, document_number
    from core.unstated_collection
    left join bill on bill.collection_id = unstated_collection.collection_id
    union all
    select
        cutoff.month, cutoff.cutoff_date, 'reversed', collection.kind, -collection.amount_cny,
        case when collection.cash_amount_cny = 0 then 'collection' else 'both' end,
        null, null, coalesce(collection.customer_id, '(unknown)'), collection.collection_id, collection.collection_id, null
    from core.collection
    join cutoff on collection.value_date between cutoff.window_start and cutoff.month_end
    where collection.amount_cny < 0
    union all
    select
        cutoff.month, cutoff.cutoff_date, 'form', form.sub_part,
        case form.sub_part
            when 'discount_interest' then collection.discount_interest_cny
            else collection.amount_cny - collection.cash_amount_cny - collection.discount_interest_cny
        end,
        'cash', null, null, coalesce(collection.customer_id, '(unknown)'), collection.collection_id, collection.collection_id, null
    from core.collection
    join cutoff on collection.value_date between cutoff.window_start and cutoff.month_end
    cross join (values ('bill_paid'), ('discount_interest')) as form(sub_part)
    where collection.cash_amount_cny <> 0
        and case form.sub_part
            when 'discount_interest' then collection.discount_interest_cny
            else collection.amount_cny - collection.cash_amount_cny - collection.discount_interest_cny
        end <> 0
),
based as (
    select 'collection' as basis, part.* from part where counts_on <> 'cash'
    union all
    select 'cash', part.* from part where counts_on <> 'collection'
),
confirmed as ( -- its thread's statement of this month was confirmed, and had no money on the workday after
    select distinct thread_id, month from marts.confirmed_unpaid
)
select
    based.month || '|' || forecast_cutoff.horizon || '|' || based.basis || '|' || based.part || '|'
        || coalesce(based.sub_part, '') || '|' || coalesce(based.statement_id, '') || '|' || coalesce(based.share_id, '') as gap_id,
    based.month, forecast_cutoff.horizon, based.basis, based.part, based.sub_part,
    based.customer_id, customer.name as customer_name,
    based.statement_id, coalesce(based.stated_by, territory_assignment.owner_id) as stated_by, speaker.name as stated_by_name,
    forecast_statement.certainty, forecast_statement.evidence,
    confirmed.thread_id is not null as is_confirmed_unpaid,
    collection.bank_transaction_id, collection.receipt_id, based.document_number,
    based.amount_cny::decimal(18, 2) as amount_cny,
    forecast_cutoff.is_running, forecast_cutoff.is_weekly,
    forecast_cutoff.month_start, based.cutoff_date, forecast_statement.stated_date, forecast_statement.expected_date, collection.value_date,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, employee.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from based
join core.forecast_cutoff on forecast_cutoff.month = based.month and forecast_cutoff.cutoff_date = based.cutoff_date
left join core.forecast_statement on forecast_statement.statement_id = based.statement_id
left join confirmed on confirmed.thread_id = forecast_statement.thread_id and confirmed.month = based.month
left join core.collection on collection.collection_id = based.collection_id
left join core.customer on customer.customer_id = based.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = based.customer_id
    and territory_assignment.valid_from <= based.cutoff_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > based.cutoff_date
left join core.employee on employee.employee_id = territory_assignment.owner_id
left join core.employee as speaker on speaker.employee_id = coalesce(based.stated_by, territory_assignment.owner_id)
