-- what     Acceptance bills (承兑汇票) and supply-chain notes that customers paid with, from the ERP's register. METRICS 3.4.
-- grain    one row per bill
-- key      bill_id
-- sources  core.customer, core.customer_identity, staging.acceptance_bill, staging.receipt
-- column   kind: bank_bill (银承), commercial_bill (商承) or supply_chain_note (云信, 迪链)
-- column   receipt_id: the receipt that the bill came with; null when the ERP links none
-- column   acceptor: who pays at maturity
-- required kind, face_cny, signed_date
-- accepted kind: bank_bill, commercial_bill, supply_chain_note
with by_number as ( -- several receipts may carry one bill's number (its dishonour is a negative one): the first positive one
    select connection, bank_reference, min(source_id) as source_id
    from staging.receipt
    where is_counted and amount_cny > 0 and method <> 'cash' and nullif(trim(bank_reference), '') is not null
    group by connection, bank_reference
)
select
    acceptance_bill.connection || ':' || acceptance_bill.source_id as bill_id,
    acceptance_bill.number, acceptance_bill.kind,
    coalesce(customer_identity.customer_id, acceptance_bill.connection || ':' || acceptance_bill.customer_ref) as customer_id,
    acceptance_bill.connection || ':' || coalesce(acceptance_bill.receipt_ref, by_number.source_id) as receipt_id,
    acceptance_bill.acceptor, acceptance_bill.face_cny, acceptance_bill.signed_date, acceptance_bill.maturity_date,
    acceptance_bill.connection, acceptance_bill.source_id, acceptance_bill.source_updated_at, acceptance_bill.recorded_at
from staging.acceptance_bill
left join by_number
    on by_number.connection = acceptance_bill.connection and by_number.bank_reference = acceptance_bill.number
left join core.customer_identity
    on customer_identity.connection = acceptance_bill.connection and customer_identity.source_id = acceptance_bill.customer_ref
left join core.customer on customer.customer_id = customer_identity.customer_id
where acceptance_bill.is_counted and not acceptance_bill.is_deleted and not coalesce(customer.is_internal, false)
