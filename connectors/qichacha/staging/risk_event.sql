-- what     Records of the bureau's lists, and changes of the actual controller, found by comparing one check with the one before.
--          A record is live while the last successful check of its list still had it. METRICS HEA-5.
-- grain    one row per record, and one per change of controller
-- key      connection, source_id
-- sources  raw.answers
-- column   event_date: the record's own day; for a change of controller, and where the bureau gives no day, the day we learnt it
with checked as (
    select
        company, service, checked_at, total, read,
        row_number() over (partition by company, service order by checked_at desc) as from_last
    from raw.answers
    where record = 'check' and status in ('200', '201')
),
item as (
    select
        answers._connection as connection,
        answers._source_id as source_id,
        answers.credit_code,
        answers.company_name,
        case answers.service
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
        answers.title,
        answers.case_number,
        answers.amount_cny,
        not coalesce(answers.is_released, false)
            and (last_check.checked_at is null -- the check is still going on
                or answers.checked_at >= last_check.checked_at
                or last_check.total > last_check.read) as is_live, -- the list was not read to its end
        answers._deleted_at is not null as is_deleted,
        coalesce(answers.event_date, business_date(answers._first_extracted_at)) as event_date,
        answers.checked_at as source_updated_at,
        answers._first_extracted_at as recorded_at
    from raw.answers as answers
    left join checked as last_check
        on last_check.company = answers.company and last_check.service = answers.service and last_check.from_last = 1
    where answers.record = 'item'
),
controller as (
    select
        answers.*,
        lag(controller_name) over (partition by company order by checked_at) as name_before,
        lag(controller_key) over (partition by company order by checked_at) as key_before
    from raw.answers as answers
    where record = 'check' and service = 'ActualControl' and controller_name is not null
)
select
    connection, source_id, credit_code, company_name, kind, title, case_number, amount_cny,
    is_live, is_deleted, event_date, source_updated_at, recorded_at
from item
union all
select
    _connection, _source_id, credit_code, company_name, 'controller_change', name_before || ' → ' || controller_name, null, null,
    true, _deleted_at is not null, business_date(checked_at), checked_at, checked_at
from controller
where name_before is not null
    and case
        when key_before is not null and controller_key is not null then key_before <> controller_key
        else name_before <> controller_name
    end
