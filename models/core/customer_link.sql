-- what     Which record is which customer, by which rule and on what evidence (客户归并): records of ERP, CRM and bureau, and names of
--          payers on bank lines. Credit code first, then name, then what people decided, which wins (identity/README.md). METRICS 0.9, DAT-5.
-- grain    one row per customer record and per payer's name
-- key      connection, source_id
-- sources  core.customer_record, ops.event, staging.bank_transaction
-- computed resolve_customers
-- column   connection: of a payer: bank
-- column   source_id: of a payer: payer:<normalised name>
-- column   record_id: <connection>:<source_id>, as events name records
-- column   kind: erp, crm, bureau or payer
-- column   customer_id: the smallest ERP record_id of the group, else the smallest of all; null for a payer of no customer
-- column   rule: credit_code, name, reviewed, or none: nothing else has its code or its name
-- column   step: how exactly, as code_repaired or name_spelling (identity/README.md)
-- column   evidence: in words
-- column   proof: the code, or the normalised name and, if it led to one, the code
-- column   detail: JSON: step, proof, others (records it was compared with), event, said and note (of its code)
-- column   credit_code: the customer's; of a customer of several codes (reviewed) one of them
-- column   own_credit_code: the record's own valid code, repaired where that was certain; null if it has none that counts
-- column   code_state: valid, repaired, suspected (a repair that no other record bears out), failed (its check) or none
-- column   event_id: the decision that holds, null if no person decided
-- column   is_ambiguous: its name leads to several customers, so it joined none
-- index    customer_id
-- accepted rule: credit_code, name, reviewed, none
-- accepted code_state: valid, repaired, suspected, failed, none
-- required rule, step, evidence, is_ambiguous
-- reference customer_id -> core.customer.customer_id
with payer as (
    select normal_name(counterparty_name) as name
    from staging.bank_transaction
    where not is_deleted and normal_name(counterparty_name) <> ''
    group by normal_name(counterparty_name)
)
select
    'record' as input, connection, source_id, kind, name, short_name, former_names, said_credit_code as credit_code,
    null::varchar as event_id, null::bigint as sequence, null::varchar as body
from core.customer_record
union all
select 'payer', 'bank', 'payer:' || name, 'payer', name, null, null, null, null, null, null from payer
union all
select 'decision', null, null, kind, null, null, null, null, event_id, sequence, body::varchar
from ops.event
where kind in ('customer.merged', 'customer.split', 'customer.kept_apart', 'customer.undone')
