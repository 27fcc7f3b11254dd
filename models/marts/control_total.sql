-- what     Control totals (对账差异): what the hub has of an entity and month against the source's own report or ledger. METRICS DAT-4.
--          Only who may see all sees them: they are the company's.
-- grain    one row per entity (connection), month and measure that the hub or an imported file has
-- key      entity, month, measure
-- sources  core.control_amount, core.control_figure, marts.control_difference
-- column   here_cny: REC-1 net for receivables (ledger 1122), prepayments (2203), undue retention, or the month's documents
-- column   there_cny: the source's; null: no figure was imported, which is not zero
-- column   difference_cny: here - there, target 0.00; explained_cny of it is listed in marts.control_difference
-- column   state: equal, explained, unexplained, or missing (no figure of the source)
-- accepted state: equal, explained, unexplained, missing
with ours as (
    select
        entity, month, measure, sum(amount_cny)::decimal(18, 2) as amount_cny,
        count(distinct case when document_number <> '' then document_number end) as documents
    from core.control_amount
    group by entity, month, measure
),
theirs as (
    select
        entity, month, measure,
        coalesce(sum(amount_cny) filter (where level = 'total'), sum(amount_cny) filter (where level = 'customer'), sum(amount_cny))::decimal(18, 2)
            as amount_cny,
        coalesce(sum(document_count) filter (where level = 'total'), count(document_number) filter (where level = 'document' and document_number is not null))
            as documents,
        bool_or(level = 'document' or document_count is not null) as is_counted,
        max(closed_date) as closed_date, max(imported_at) as imported_at, max(file_name) as file_name
    from core.control_figure
    group by entity, month, measure
),
listed as (
    select entity, month, measure, sum(difference_cny) as explained_cny, count(*) as documents
    from marts.control_difference
    group by entity, month, measure
),
compared as (
    select
        coalesce(ours.entity, theirs.entity) as entity, coalesce(ours.month, theirs.month) as month,
        coalesce(ours.measure, theirs.measure) as measure,
        coalesce(ours.amount_cny, 0) as here_cny, theirs.amount_cny as there_cny,
        coalesce(ours.documents, 0) as here_documents, case when theirs.is_counted then theirs.documents end as there_documents,
        theirs.entity is not null as is_known, theirs.closed_date, theirs.imported_at, theirs.file_name
    from ours
    full join theirs on theirs.entity = ours.entity and theirs.month = ours.month and theirs.measure = ours.measure
)
select
    compared.entity, compared.month, compared.measure,
    compared.here_cny::decimal(18, 2) as here_cny, compared.there_cny,
    (compared.here_cny - compared.there_cny)::decimal(18, 2) as difference_cny,
    case when compared.is_known then coalesce(listed.explained_cny, 0) end::decimal(18, 2) as explained_cny,
    (compared.here_cny - compared.there_cny - coalesce(listed.explained_cny, 0))::decimal(18, 2) as unexplained_cny,
    compared.here_documents::bigint as here_documents, compared.there_documents::bigint as there_documents,
    case when compared.is_known then coalesce(listed.documents, 0) end::bigint as differing_documents,
    case
        when not compared.is_known then 'missing'
        when compared.here_cny = compared.there_cny then 'equal'
        when compared.here_cny - compared.there_cny = coalesce(listed.explained_cny, 0) then 'explained'
        else 'unexplained'
    end as state,
    compared.file_name, compared.closed_date, compared.imported_at,
    cast(compared.month || '-01' as date) as month_start,
    'company' as rls_owner, 'company' as rls_region
from compared
left join listed
    on listed.entity = compared.entity and listed.month = compared.month and listed.measure = compared.measure
