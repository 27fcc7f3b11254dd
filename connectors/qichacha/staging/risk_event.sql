-- what     Records of the bureau's lists, as each check held them.
-- grain    one row per record and check (rows of before checks were kept: one per record, with its last check)
-- key      connection, source_id
-- sources  raw.answers
select
    item._connection as connection,
    item._source_id as source_id,
    item.company || '/' || item.service || '/' || coalesce(item.record_ref, item.item_id) as record_ref,
    bought._source_id as check_ref,
    item.credit_code,
    item.company_name,
    case item.service
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
    item.title,
    item.case_number,
    item.amount_cny,
    not coalesce(item.is_released, false) as is_live,
    item._deleted_at is not null as is_deleted,
    item.event_date,
    item.checked_at as source_updated_at,
    item._first_extracted_at as recorded_at
from raw.answers as item
left join raw.answers as bought
    on bought.record = 'check' and bought.company = item.company and bought.service = item.service
    and bought.checked_at = item.checked_at
where item.record = 'item'
