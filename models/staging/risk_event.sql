-- what     A court, penalty or register record about a company (风险事件) as one check of a bureau held it. What is new, and what
--          left a list, is found in core.risk_event by comparing checks. METRICS HEA-5.
-- grain    one row per record and check that held it; one per record where the source knows no checks
-- key      connection, source_id
-- column   record_ref: the record, the same in every check; null: source_id
-- column   check_ref: bureau_check.source_id of the same connection; null while the check is going on, or where there are none
-- column   kind: dishonest_debtor 失信, bankruptcy 破产, high_consumption_limit 限高, serious_violation 严重违法, enforcement 被执行,
--          equity_freeze 股权冻结, tax_arrears 欠税, abnormal_operation 经营异常, defendant 被告, environmental_penalty 环保处罚,
--          administrative_penalty 行政处罚 or controller_change 实际控制人变更 (found in core, unless a source knows it)
-- column   event_date: the record's own day (filed, punished, listed)
-- column   is_live: the record itself does not say that it was lifted
select
    null::varchar as connection,
    null::varchar as source_id,
    null::varchar as record_ref,
    null::varchar as check_ref,
    null::varchar as credit_code,
    null::varchar as company_name,
    null::varchar as kind,
    null::varchar as title,
    null::varchar as case_number,
    null::decimal(18, 2) as amount_cny,
    null::boolean as is_live,
    null::boolean as is_deleted,
    null::date as event_date,
    null::timestamp as source_updated_at,
    null::timestamp as recorded_at
where false
