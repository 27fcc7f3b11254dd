-- what     What a customer was billed (应收单), as the ERP booked it; a credit note (红字) is negative and counts on its own date.
-- grain    one row per document
-- key      connection, source_id
-- column   is_counted: approved or posted, not cancelled (METRICS 0.5)
-- column   due_date: null when the ERP has none; core.open_item then takes the customer's term, else assumes one
-- column   delivery_date: when the goods were delivered, for terms that count from it (货到 N); null when the ERP does not say
-- column   deleted_at: when the source was seen to have it no more, UTC; what was known before stays known (METRICS 0.2)
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as number,
    null::varchar as customer_ref,
    null::varchar as order_number,
    null::varchar as owner_number,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_credit_note,
    null::boolean as is_counted,
    null::date as document_date,
    null::date as due_date,
    null::date as delivery_date,
    null::boolean as is_deleted,
    null::timestamp as deleted_at,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
