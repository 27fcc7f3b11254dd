-- what     What bank lines pay as the hub has it (核销), beside the ERP's ledger: automatic and confirmed, not what was undone. METRICS
--          section 4, 5.4 (1). Receivables (REC-1) never change by it.
-- grain    one row per part of a match that holds
-- key      match_id, part
-- sources  core.cash_match_part, core.receipt_bank_line, core.settlement
-- column   customer_id: whose item it is; for a rest (kind unapplied), who paid
-- column   document_id: null for a rest that pays nothing yet
-- column   kind: cash (money of the line), else what relieves the item without money; unapplied: the rest of the line
-- column   erp_state: pending (the ERP has not allocated this line's money, or a part of it), booked (it has, as here), differs (it has,
--          to other documents or another amount)
-- accepted status: automatic, confirmed
-- accepted kind: cash, credit_note, discount, deduction, bank_fee, rounding, unapplied
-- accepted erp_state: pending, booked, differs
with active as (
    select * from core.cash_match_part where undone_at is null
),
ours as (
    select bank_transaction_id, document_id, sum(amount_cny) as amount_cny
    from active where kind = 'cash' and document_id is not null
    group by bank_transaction_id, document_id
),
theirs as (
    select receipt_bank_line.bank_transaction_id, settlement.document_id, sum(settlement.amount_cny) as amount_cny
    from core.receipt_bank_line
    join core.settlement on settlement.receipt_id = receipt_bank_line.receipt_id and settlement.is_money
    group by receipt_bank_line.bank_transaction_id, settlement.document_id
    having sum(settlement.amount_cny) <> 0
),
both_sides as (
    select bank_transaction_id, document_id, amount_cny as ours_cny, 0.00 as theirs_cny from ours
    union all
    select theirs.bank_transaction_id, theirs.document_id, 0.00, theirs.amount_cny
    from theirs
    where theirs.bank_transaction_id in (select bank_transaction_id from active)
),
compared as (
    select bank_transaction_id, document_id, sum(ours_cny) as ours_cny, sum(theirs_cny) as theirs_cny
    from both_sides group by bank_transaction_id, document_id
),
line as (
    select
        bank_transaction_id,
        bool_or(theirs_cny > ours_cny) as is_different, bool_and(theirs_cny = ours_cny) as is_equal,
        sum(theirs_cny) <> 0 as is_allocated
    from compared group by bank_transaction_id
)
select
    active.match_id, active.part, active.bank_transaction_id, active.customer_id, active.payer_id,
    active.document_id, active.item_id, active.kind, active.amount_cny,
    active.status, active.rule, active.score,
    case
        when coalesce(line.is_different, false) then 'differs'
        when coalesce(line.is_allocated and line.is_equal, false) then 'booked'
        else 'pending'
    end as erp_state,
    active.is_applied_by_hub, active.decided_by, active.decided_at, active.matched_at
from active
left join line on line.bank_transaction_id = active.bank_transaction_id
