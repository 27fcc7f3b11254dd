-- what     Lines of bank statements (银行流水) with the customer who paid: the linked receipt's, else the payer name's (METRICS 4).
-- grain    one row per line
-- key      bank_transaction_id
-- sources  core.customer_name, core.receipt_bank_line, staging.bank_transaction
-- column   amount_cny: null for a line in another currency, which counts in no sum of CNY; amount is in the line's own currency
-- column   customer_id: null when the payer is unknown
-- column   receipt_id: the linked ERP receipt; null also where several receipts share the line
-- column   match_rule: how the receipt was found: reference or customer_amount
-- column   is_bill_proceeds: a bank bill (银承) turned into money; collected on the day it was signed for, cash only now
-- accepted direction: in, out
-- accepted match_rule: reference, customer_amount
with linked as (
    select
        bank_transaction_id, min(receipt_id) as receipt_id, count(*) as receipts, min(match_rule) as match_rule,
        case when min(customer_id) = max(customer_id) then min(customer_id) end as customer_id,
        bool_and(method = 'bank_bill') as is_bill_proceeds
    from core.receipt_bank_line
    group by bank_transaction_id
)
select
    bank_transaction.connection || ':' || bank_transaction.source_id as bank_transaction_id,
    coalesce(linked.customer_id, customer_name.customer_id) as customer_id,
    case when linked.receipts = 1 then linked.receipt_id end as receipt_id,
    linked.match_rule,
    coalesce(bank_transaction.category, 'other') as category,
    bank_transaction.account, bank_transaction.direction,
    bank_transaction.counterparty_name, bank_transaction.counterparty_account,
    bank_transaction.remark, bank_transaction.reference, bank_transaction.bank_reference,
    bank_transaction.file_name, bank_transaction.line_number,
    coalesce(bank_transaction.currency, 'CNY') as currency,
    bank_transaction.amount_cny, coalesce(bank_transaction.amount, bank_transaction.amount_cny) as amount, bank_transaction.balance_cny,
    linked.bank_transaction_id is not null as is_linked,
    coalesce(linked.is_bill_proceeds, false) as is_bill_proceeds,
    bank_transaction.value_date,
    bank_transaction.connection, bank_transaction.source_id, bank_transaction.source_updated_at, bank_transaction.recorded_at
from staging.bank_transaction
left join linked on linked.bank_transaction_id = bank_transaction.connection || ':' || bank_transaction.source_id
left join core.customer_name on customer_name.normalised_name = normal_name(bank_transaction.counterparty_name)
where not bank_transaction.is_deleted
