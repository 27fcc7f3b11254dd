-- what     A court, penalty or register record about a company (风险事件) from a bureau. METRICS HEA-5.
-- grain    one row per record of a bureau
-- key      connection, source_id
-- column   kind: dishonest_debtor 失信, bankruptcy 破产, high_consumption_limit 限高, serious_violation 严重违法, enforcement 被执行,
--          equity_freeze 股权冻结, tax_arrears 欠税, abnormal_operation 经营异常, defendant 被告, environmental_penalty 环保处罚,
--          administrative_penalty 行政处罚 or controller_change 实际控制人变更
-- column   event_date: the record's own day (filed, punished, listed)
-- column   is_live: false once the bureau moved the record to its history
select
    null::varchar as connection,
    null::varchar as source_id,
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
