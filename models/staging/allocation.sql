-- what     What settles a document (核销): money of a receipt, a credit note, or a deduction without either.
-- grain    one row per allocation
-- key      connection, source_id
-- column   receipt_ref: receipt.source_id of the same connection; null when no receipt pays
-- column   instalment_ref: instalment.source_id of the plan line it settles; null where the source does not say
-- column   kind: cash, bank_bill, commercial_bill, supply_chain_note, prepayment_applied, credit_note, discount, deduction, set_off,
--          bank_fee, fx_diff, rounding or write_off (METRICS 3.2)
-- column   amount_cny: what the document is relieved by; negative undoes, and on a credit note pays it out
-- column   value_date: of kinds without a receipt, the day of their own document
-- column   allocated_at: when the clerk pressed the button, UTC; knowledge time
-- column   deleted_at: when the source was seen to have it no more, UTC; what was known before stays known (METRICS 0.2)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as receipt_ref,
    null::varchar as document_number,
    null::varchar as instalment_ref,
    null::varchar as credit_note_number,
    null::varchar as kind,
    null::decimal(18, 2) as amount_cny,
    null::date as value_date,
    null::timestamp as allocated_at,
    null::boolean as is_deleted,
    null::timestamp as deleted_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
