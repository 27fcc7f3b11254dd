-- what     Payment plan lines (收款计划) of Kingdee's receivables, in CNY. A line whose remark says 质保 or 保修金 is a retention.
-- grain    one row per plan line
-- key      connection, source_id
-- sources  raw.receivable_plans, raw.receivables
-- column   document_ref: FID of the receivable
select
    plan._connection as connection,
    plan._source_id as source_id,
    cast(plan.fid as varchar) as document_ref,
    cast(plan.fentityplan_fseq as int) as line_number,
    cast(coalesce(nullif(plan.fpayamount, 0), round(plan.fpayamountfor * coalesce(nullif(document.fexchangerate, 0), 1), 2))
        as decimal(18, 2)) as amount_cny,
    coalesce(plan.fremark like '%质保%' or plan.fremark like '%保修金%', false) as is_retention,
    plan.fenddate as due_date,
    plan._deleted_at is not null or document._deleted_at is not null as is_deleted,
    least(plan._deleted_at, document._deleted_at) as deleted_at,
    plan.fmodifydate as source_updated_at,
    coalesce(document.fapprovedate, document.fcreatedate, plan._first_extracted_at) as recorded_at
from raw.receivable_plans as plan
left join raw.receivables as document on document.fid = plan.fid
