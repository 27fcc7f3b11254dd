-- what     What was asked and paid for: one service about one company on one day, also when nothing was found. METRICS HEA-5, DAT-7.
-- grain    one row per company, service and day (further pages of one check are in its cost)
-- key      connection, source_id
-- sources  raw.answers
-- column   is_successful: the bureau answered; 201 (nothing found) is an answer, a company it cannot be asked about is not
select
    _connection as connection,
    _source_id as source_id,
    company as company_ref,
    credit_code,
    company_name,
    service,
    case service
        when 'ShixinCheck' then 'dishonest_debtor'
        when 'ZhixingCheck' then 'enforcement'
        when 'SumptuaryCheck' then 'high_consumption_limit'
        when 'AdminPenaltyCheck' then 'administrative_penalty'
        when 'EnvPunishmentCheck' then 'environmental_penalty'
        when 'ExceptionCheck' then 'abnormal_operation'
        when 'SeriousIllegalCheck' then 'serious_violation'
        when 'TaxOweNoticeCheck' then 'tax_arrears'
        when 'EquityFreezeCheck' then 'equity_freeze'
        when 'BankruptcyCheck' then 'bankruptcy'
        when 'JudgmentDocCheck' then 'defendant'
    end as kind,
    calls,
    cost_cny,
    order_number,
    status in ('200', '201') as is_successful,
    status in ('200', '201') and coalesce(total, 0) <= coalesce(read, 0) as is_complete,
    registered_name,
    former_names,
    controller_name,
    controller_key as controller_ref,
    false as is_deleted,
    checked_at,
    checked_at as source_updated_at,
    checked_at as recorded_at
from raw.answers
where record = 'check'
