-- what     Money or a bill a customer gave us, as the ERP booked it (收款单); refunds and dishonoured bills are negative.
-- grain    one row per receipt
-- key      connection, source_id
-- column   method: cash, bank_bill (银承), commercial_bill (商承) or supply_chain_note (云信, 迪链)
-- column   bank_reference: the bank's reference, or the number of a bill; null when nobody typed it
-- column   is_prepayment: the ERP marks it 预收 (METRICS 3.5)
-- column   deleted_at: when the source was seen to have it no more, UTC; what was known before stays known (METRICS 0.2)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as number,
    null::varchar as customer_ref,
    null::varchar as method,
    null::varchar as bank_reference,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_prepayment,
    null::boolean as is_counted,
    null::date as receipt_date,
    null::boolean as is_deleted,
    null::timestamp as deleted_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
