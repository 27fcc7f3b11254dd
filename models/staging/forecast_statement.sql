-- what     What a person said a customer will pay, or has paid (回款预测). Each saying is a row; nothing is ever changed. METRICS 5.1.
-- grain    one row per statement
-- key      connection, source_id
-- column   thread_key: one source's statements about one subject
-- column   subject_kind: document, order or none; subject_number is the document's or order's number in the ERP
-- column   stated_by_ref: employee.source_id of the same connection
-- column   certainty: expected (预计), promised (承诺) or confirmed (已确认)
-- column   is_withdrawn: this statement takes the thread back
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as customer_ref,
    null::varchar as thread_key,
    null::varchar as subject_kind,
    null::varchar as subject_number,
    null::varchar as stated_by_ref,
    null::varchar as certainty,
    null::varchar as method,
    null::varchar as evidence,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_withdrawn,
    null::date as expected_date,
    null::timestamp as stated_at,
    null::boolean as is_deleted,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
