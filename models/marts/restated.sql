-- what     Restated since freeze (冻结后变动): each number of a frozen month as it was frozen and as it is now, with the documents, bank
--          lines and statements that arrived late or changed. METRICS DAT-8, REQUIREMENTS B8. Against the month's latest freeze.
-- grain    one row per number, month, part, customer and what changed; what did not change is one row per customer
-- key      restated_id
-- sources  core.allocation, core.collection, core.open_item, core.open_item_as_of, core.receivable_document, marts.collection,
--          marts.forecast_accuracy, marts.forecast_gap, marts.receivable_ageing, marts.receivable_balance, ops.frozen_ageing,
--          ops.frozen_collection, ops.frozen_forecast, ops.frozen_gap, ops.frozen_month, ops.frozen_open_item,
--          ops.frozen_receivable
-- column   number: id of METRICS: REC-1 (net), REC-2, COL-1, COL-2, 5.2 (forecast at H1) or FVA-6 (its gap, collection basis)
-- column   part: REC-2: the bucket of the overdue view; FVA-6: the part of the gap; REC-1: open items, or unapplied cash
-- column   frozen_cny: as frozen, under the customer, region and owner of then
-- column   live_cny: as known now
-- column   source_kind: document, bank_line, receipt or statement; null where none is behind the row
-- column   source_number: number of the document, else the id of the line, receipt or statement
-- column   change: unchanged, late (not there when frozen), changed, or gone
-- column   cause: what was learned since: late document, or the kinds of late settlements with their credit notes
-- column   is_latest: of the number's last frozen month
-- column   learned_at: when the hub learned the last of it, UTC
-- accepted change: unchanged, late, changed, gone
with latest as (
    select frozen_month.kind, frozen_month.month, frozen_month.version, frozen_month.frozen_at, frozen_month.known_at
    from ops.frozen_month
    join (select kind, month, max(version) as version from ops.frozen_month group by kind, month) as last_one
        on last_one.kind = frozen_month.kind and last_one.month = frozen_month.month and last_one.version = frozen_month.version
),
amount as (
    select 'COL-1' as number, latest.month, null as part, 'collection' as kind,
        frozen_collection.collection_id as source_id, frozen_collection.customer_id, frozen_collection.customer_name,
        frozen_collection.rls_owner, frozen_collection.owner_name, frozen_collection.rls_region,
        frozen_collection.amount_cny as frozen_cny, 0 as live_cny
    from ops.frozen_collection
    join latest on latest.kind = 'collection' and latest.month = frozen_collection.month and latest.version = frozen_collection.version
    union all
    select 'COL-1', collection.month, null, 'collection', collection.collection_id, collection.customer_id, collection.customer_name,
        collection.rls_owner, collection.owner_name, collection.rls_region, 0, collection.amount_cny
    from marts.collection
    join latest on latest.kind = 'collection' and latest.month = collection.month
    union all
    select 'COL-2', latest.month, null, 'collection',
        frozen_collection.collection_id, frozen_collection.customer_id, frozen_collection.customer_name,
        frozen_collection.rls_owner, frozen_collection.owner_name, frozen_collection.rls_region, frozen_collection.cash_amount_cny, 0
    from ops.frozen_collection
    join latest on latest.kind = 'collection' and latest.month = frozen_collection.month and latest.version = frozen_collection.version
    union all
    select 'COL-2', collection.month, null, 'collection', collection.collection_id, collection.customer_id, collection.customer_name,
        collection.rls_owner, collection.owner_name, collection.rls_region, 0, collection.cash_amount_cny
    from marts.collection
    join latest on latest.kind = 'collection' and latest.month = collection.month
    union all
    select 'REC-1', latest.month, 'open_items', 'open_item', frozen_open_item.item_id, frozen_open_item.customer_id,
        frozen_receivable.customer_name, frozen_receivable.rls_owner, frozen_receivable.owner_name, frozen_receivable.rls_region,
        frozen_open_item.open_amount_cny, 0
    from ops.frozen_open_item
    join latest on latest.kind = 'open_item' and latest.month = frozen_open_item.month and latest.version = frozen_open_item.version
    join latest as balance_freeze on balance_freeze.kind = 'receivable' and balance_freeze.month = latest.month
    left join ops.frozen_receivable
        on frozen_receivable.month = balance_freeze.month and frozen_receivable.version = balance_freeze.version
        and frozen_receivable.customer_id = frozen_open_item.customer_id
    where not frozen_open_item.is_undue_retention
    union all
    select 'REC-1', latest.month, 'open_items', 'open_item', open_item_as_of.item_id, open_item_as_of.customer_id,
        receivable_balance.customer_name, receivable_balance.rls_owner, receivable_balance.owner_name, receivable_balance.rls_region,
        0, open_item_as_of.open_amount_cny
    from core.open_item_as_of
    join latest on latest.kind = 'open_item' and latest.month = month_text(open_item_as_of.as_of_date)
    left join marts.receivable_balance
        on receivable_balance.customer_id = open_item_as_of.customer_id and receivable_balance.as_of_date = open_item_as_of.as_of_date
    where not open_item_as_of.is_undue_retention and open_item_as_of.as_of_date = month_end(open_item_as_of.as_of_date)
    union all
    select 'REC-1', latest.month, 'unapplied_cash', 'receivable', 'unapplied', frozen_receivable.customer_id, frozen_receivable.customer_name,
        frozen_receivable.rls_owner, frozen_receivable.owner_name, frozen_receivable.rls_region, -frozen_receivable.unapplied_cny, 0
    from ops.frozen_receivable
    join latest on latest.kind = 'receivable' and latest.month = frozen_receivable.month and latest.version = frozen_receivable.version
    where frozen_receivable.unapplied_cny <> 0
    union all
    select 'REC-1', latest.month, 'unapplied_cash', 'receivable', 'unapplied', receivable_balance.customer_id,
        receivable_balance.customer_name, receivable_balance.rls_owner, receivable_balance.owner_name, receivable_balance.rls_region,
        0, -receivable_balance.unapplied_cny
    from marts.receivable_balance
    join latest on latest.kind = 'receivable' and latest.month = month_text(receivable_balance.as_of_date)
    where receivable_balance.unapplied_cny <> 0 and receivable_balance.as_of_date = month_end(receivable_balance.as_of_date)
    union all
    select 'REC-2', latest.month, frozen_ageing.bucket, 'ageing', frozen_ageing.bucket, frozen_ageing.customer_id,
        frozen_ageing.customer_name, frozen_ageing.rls_owner, frozen_ageing.owner_name, frozen_ageing.rls_region,
        frozen_ageing.amount_cny, 0
    from ops.frozen_ageing
    join latest on latest.kind = 'ageing' and latest.month = frozen_ageing.month and latest.version = frozen_ageing.version
    where frozen_ageing.ageing_view = 'overdue'
    union all
    select 'REC-2', latest.month, receivable_ageing.bucket, 'ageing', receivable_ageing.bucket, receivable_ageing.customer_id,
        receivable_ageing.customer_name, receivable_ageing.rls_owner, receivable_ageing.owner_name, receivable_ageing.rls_region,
        0, receivable_ageing.amount_cny
    from marts.receivable_ageing
    join latest on latest.kind = 'ageing' and latest.month = month_text(receivable_ageing.as_of_date)
    where receivable_ageing.ageing_view = 'overdue' and receivable_ageing.as_of_date = month_end(receivable_ageing.as_of_date)
    union all
    select '5.2', latest.month, null, 'forecast', 'forecast', frozen_forecast.customer_id, frozen_forecast.customer_name,
        frozen_forecast.rls_owner, frozen_forecast.owner_name, frozen_forecast.rls_region, frozen_forecast.forecast_cny, 0
    from ops.frozen_forecast
    join latest on latest.kind = 'forecast' and latest.month = frozen_forecast.month and latest.version = frozen_forecast.version
    where frozen_forecast.horizon = 'H1' and frozen_forecast.forecast_cny <> 0
        and coalesce(frozen_forecast.basis, 'collection') = 'collection' and coalesce(frozen_forecast.certainty_set, 'all') = 'all'
        and coalesce(frozen_forecast.source, 'people') = 'people'
    union all
    select '5.2', forecast_accuracy.month, null, 'forecast', 'forecast', forecast_accuracy.customer_id, forecast_accuracy.customer_name,
        forecast_accuracy.rls_owner, forecast_accuracy.owner_name, forecast_accuracy.rls_region, 0, forecast_accuracy.forecast_cny
    from marts.forecast_accuracy
    join latest on latest.kind = 'forecast' and latest.month = forecast_accuracy.month
    where forecast_accuracy.horizon = 'H1' and forecast_accuracy.forecast_cny <> 0
        and forecast_accuracy.basis = 'collection' and forecast_accuracy.certainty_set = 'all' and forecast_accuracy.source = 'people'
    union all
    select 'FVA-6', latest.month, frozen_gap.part, 'gap', coalesce('statement:' || frozen_gap.statement_id, frozen_gap.bank_transaction_id,
            frozen_gap.receipt_id, frozen_gap.customer_id),
        frozen_gap.customer_id, frozen_gap.customer_name, frozen_gap.rls_owner, frozen_gap.owner_name, frozen_gap.rls_region,
        frozen_gap.amount_cny, 0
    from ops.frozen_gap
    join latest on latest.kind = 'gap' and latest.month = frozen_gap.month and latest.version = frozen_gap.version
    where frozen_gap.horizon = 'H1' and frozen_gap.basis = 'collection'
    union all
    select 'FVA-6', forecast_gap.month, forecast_gap.part, 'gap', coalesce('statement:' || forecast_gap.statement_id,
            forecast_gap.bank_transaction_id, forecast_gap.receipt_id, forecast_gap.customer_id),
        forecast_gap.customer_id, forecast_gap.customer_name, forecast_gap.rls_owner, forecast_gap.owner_name, forecast_gap.rls_region,
        0, forecast_gap.amount_cny
    from marts.forecast_gap
    join latest on latest.kind = 'gap' and latest.month = forecast_gap.month
    where forecast_gap.horizon = 'H1' and forecast_gap.basis = 'collection'
),
live_month as ( -- what the marts no longer show is not restated
    select distinct kind, month from amount where live_cny <> 0
),
compared as (
    select
        amount.number, amount.month, amount.part, amount.kind, amount.source_id, coalesce(amount.customer_id, '(unknown)') as customer_id,
        max(amount.customer_name) as customer_name, coalesce(amount.rls_owner, 'unassigned') as rls_owner,
        max(amount.owner_name) as owner_name, coalesce(amount.rls_region, 'unassigned') as rls_region,
        sum(amount.frozen_cny) as frozen_cny, sum(amount.live_cny) as live_cny
    from amount
    join live_month on live_month.kind = amount.kind and live_month.month = amount.month
    group by amount.number, amount.month, amount.part, amount.kind, amount.source_id, coalesce(amount.customer_id, '(unknown)'),
        coalesce(amount.rls_owner, 'unassigned'), coalesce(amount.rls_region, 'unassigned')
),
gathered as (
    select
        number, month, part, kind, case when frozen_cny <> live_cny then source_id end as source_id,
        customer_id, max(customer_name) as customer_name, rls_owner, max(owner_name) as owner_name, rls_region,
        sum(frozen_cny) as frozen_cny, sum(live_cny) as live_cny
    from compared
    group by number, month, part, kind, case when frozen_cny <> live_cny then source_id end, customer_id, rls_owner, rls_region
),
settled as ( -- what settled a document, and by which credit note
    select
        allocation.document_id, allocation.kind, allocation.recorded_at, allocation.effective_date, other_document.number
    from core.allocation
    left join core.allocation as other
        on other.allocation_id = allocation.allocation_id and other.document_id <> allocation.document_id
    left join core.receivable_document as other_document on other_document.document_id = other.document_id
),
item as (
    select
        gathered.number, gathered.month, gathered.source_id, gathered.customer_id, gathered.rls_owner, gathered.rls_region,
        receivable_document.document_id, receivable_document.number as document_number,
        receivable_document.recorded_at, latest.known_at
    from gathered
    join latest on latest.kind = gathered.kind and latest.month = gathered.month
    join core.open_item on open_item.item_id = gathered.source_id
    join core.receivable_document on receivable_document.document_id = open_item.document_id
    where gathered.kind = 'open_item'
),
learned as (
    select month, document_id, 'late document' as cause, recorded_at from item where recorded_at > known_at
    union
    select item.month, item.document_id, settled.kind || coalesce(' ' || settled.number, ''), settled.recorded_at
    from item
    join settled
        on settled.document_id = item.document_id and settled.recorded_at > item.known_at
        and month_text(settled.effective_date) <= item.month
),
explained as (
    select month, document_id, string_agg(cause, ', ' order by recorded_at, cause) as cause, max(recorded_at) as learned_at
    from learned group by month, document_id
)
select
    gathered.number || '|' || gathered.month || '|' || coalesce(gathered.part, '') || '|' || gathered.customer_id || '|'
        || gathered.rls_owner || '|' || gathered.rls_region || '|' || coalesce(gathered.source_id, '') as restated_id,
    gathered.number, gathered.month, gathered.part,
    gathered.customer_id, gathered.customer_name,
    case
        when item.document_id is not null then 'document'
        when collection.bank_transaction_id is not null or gathered.source_id like 'bank:%' then 'bank_line'
        when collection.collection_id is not null then 'receipt'
        when gathered.source_id like 'statement:%' then 'statement'
    end as source_kind,
    coalesce(item.document_number, collection.bank_transaction_id, collection.receipt_id,
        case when gathered.kind = 'gap' then replace(gathered.source_id, 'statement:', '') end) as source_number,
    case
        when gathered.frozen_cny = gathered.live_cny then 'unchanged'
        when gathered.frozen_cny = 0 then 'late'
        when gathered.live_cny = 0 then 'gone'
        else 'changed'
    end as change,
    explained.cause,
    gathered.frozen_cny::decimal(18, 2) as frozen_cny, gathered.live_cny::decimal(18, 2) as live_cny,
    (gathered.live_cny - gathered.frozen_cny)::decimal(18, 2) as difference_cny,
    gathered.month = max(gathered.month) over (partition by gathered.number) as is_latest,
    latest.version as frozen_version, latest.frozen_at,
    coalesce(explained.learned_at, case when gathered.frozen_cny = 0 then collection.recorded_at end) as learned_at,
    cast(gathered.month || '-01' as date) as month_start,
    gathered.rls_owner, gathered.owner_name, gathered.rls_region
from gathered
join latest on latest.kind = gathered.kind and latest.month = gathered.month
left join item
    on item.number = gathered.number and item.month = gathered.month and item.source_id = gathered.source_id
    and item.customer_id = gathered.customer_id and item.rls_owner = gathered.rls_owner and item.rls_region = gathered.rls_region
left join explained on explained.month = gathered.month and explained.document_id = item.document_id
left join core.collection on gathered.kind = 'collection' and collection.collection_id = gathered.source_id
