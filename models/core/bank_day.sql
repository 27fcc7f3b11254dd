-- what     For which days the bank lines of every account are loaded: only then is "nothing came" a fact. METRICS 0.11, FVA-7.
--          An account counts from its first loaded day; a rest day is covered when the next workday is.
-- grain    one row per day up to the as-of day
-- key      day
-- sources  core.calendar, staging.bank_coverage
with account as (
    select connection, account, min(covered_from) as first_day from staging.bank_coverage where not is_deleted group by connection, account
),
expected as (
    select calendar.day, count(*) as accounts
    from core.calendar
    join account on account.first_day <= calendar.day
    where calendar.day <= business_today()
    group by calendar.day
),
loaded_account as (
    select distinct calendar.day, bank_coverage.connection, bank_coverage.account
    from staging.bank_coverage
    join core.calendar on calendar.day between bank_coverage.covered_from and bank_coverage.covered_to
    where not bank_coverage.is_deleted and calendar.day <= business_today()
),
loaded as (
    select day, count(*) as accounts from loaded_account group by day
),
complete as (
    select expected.day from expected join loaded on loaded.day = expected.day where loaded.accounts = expected.accounts
)
select
    calendar.day,
    complete.day is not null or next_workday.day is not null as is_covered
from core.calendar
left join complete on complete.day = calendar.day
left join complete as next_workday on next_workday.day = calendar.effective_day
where calendar.day <= business_today()
