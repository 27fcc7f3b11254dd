-- what     What the source's own report or ledger says, as last imported for each entity, month, measure and level. METRICS DAT-4.
-- grain    one row per figure of the file that counts
-- key      import_id, file_row
-- sources  core.customer_name, ops.control_figure
-- column   customer_id: by the name that the file gives; null where no customer or several have it
-- column   closed_date: the day on which the ledger of that month was closed; null: nobody said
-- accepted level: total, customer, document
with ranked as (
    select
        import_id, file_row, file_name, entity, month, measure, level, customer, document_number,
        amount_cny, document_count, closed_date, imported_at, imported_by,
        dense_rank() over (partition by entity, month, measure, level order by imported_at desc, import_id desc) as place
    from ops.control_figure
)
select
    ranked.import_id, ranked.file_row, ranked.file_name, ranked.entity, ranked.month, ranked.measure, ranked.level,
    ranked.customer, customer_name.customer_id, nullif(trim(ranked.document_number), '') as document_number,
    ranked.amount_cny, ranked.document_count, ranked.closed_date, ranked.imported_at, ranked.imported_by
from ranked
left join core.customer_name on customer_name.normalised_name = normal_name(ranked.customer)
where ranked.place = 1
