-- what     An acceptance bill (承兑汇票) or supply-chain note that a customer paid with, as the ERP's register of bills has it.
-- grain    one row per bill
-- key      connection, source_id
-- column   number: of the bill (票据号)
-- column   kind: bank_bill (银承), commercial_bill (商承) or supply_chain_note (云信, 迪链)
-- column   receipt_ref: receipt.source_id of the same connection; null: the receipt whose bank_reference is the bill's number
-- column   acceptor: who has promised to pay at maturity (承兑人)
-- column   face_cny: face value
-- column   signed_date: the day we signed for it (签收日)
-- column   is_counted: approved, not cancelled
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as number,
    null::varchar as kind,
    null::varchar as customer_ref,
    null::varchar as receipt_ref,
    null::varchar as acceptor,
    null::decimal(18, 2) as face_cny,
    null::date as signed_date,
    null::date as maturity_date,
    null::boolean as is_counted,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
