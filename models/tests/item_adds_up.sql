-- what     Each open item's amount is its settlements plus what is open in the end, and a document's items are its amount (METRICS 12.3).
-- sources  core.item_balance, core.open_item, core.receivable_document, core.settlement
with settled as (
    select item_id, sum(amount_cny) as amount_cny from core.settlement group by item_id
),
item as (
    select
        open_item.item_id as id, open_item.amount_cny,
        coalesce(settled.amount_cny, 0) + coalesce(item_balance.open_amount_cny, 0) as explained_cny
    from core.open_item
    left join settled on settled.item_id = open_item.item_id
    left join core.item_balance on item_balance.item_id = open_item.item_id and item_balance.to_date is null
),
document as (
    select receivable_document.document_id as id, receivable_document.amount_cny, coalesce(sum(open_item.amount_cny), 0) as explained_cny
    from core.receivable_document
    left join core.open_item on open_item.document_id = receivable_document.document_id
    group by receivable_document.document_id, receivable_document.amount_cny
)
select id, amount_cny, explained_cny from item where amount_cny <> explained_cny
union all
select id, amount_cny, explained_cny from document where amount_cny <> explained_cny
