-- what     Outcomes before and after (成效前后对比): each month beside the frozen baseline of the same calendar month. D5 of the requirements;
--          METRICS FUN-7, CUS-1, CUS-2, PEO-5.
-- grain    one row per measure and month
-- key      measure, month
-- sources  core.outcome_baseline, core.outcome_month
-- column   value: numerator over denominator
-- column   before_month: the month it is compared with: the latest baseline of the same calendar month before it; null if there is none
-- column   before_numerator, before_denominator: of a typed baseline its value over the denominator of this month
-- column   is_baseline: the month itself is part of the baseline
-- column   is_running: the month is not over yet
with paired as (
    select
        outcome_month.measure, outcome_month.month, outcome_baseline.month as before_month, outcome_baseline.origin,
        outcome_baseline.value, outcome_baseline.numerator, outcome_baseline.denominator, outcome_baseline.middle,
        outcome_baseline.set_by, outcome_baseline.recorded_at,
        row_number() over (partition by outcome_month.measure, outcome_month.month order by outcome_baseline.month desc) as place
    from core.outcome_month
    join core.outcome_baseline
        on outcome_baseline.measure = outcome_month.measure
        and substr(outcome_baseline.month, 6, 2) = substr(outcome_month.month, 6, 2) and outcome_baseline.month < outcome_month.month
)
select
    outcome_month.measure, outcome_month.month, cast(outcome_month.month || '-01' as date) as month_start,
    outcome_month.numerator, outcome_month.denominator,
    cast(outcome_month.numerator as double precision) / nullif(cast(outcome_month.denominator as double precision), 0) as value,
    outcome_month.middle, outcome_month.cases,
    before.before_month, before.origin as before_origin,
    (case when before.origin = 'typed' then cast(before.value * outcome_month.denominator as decimal(24, 4)) else before.numerator end)
        ::decimal(24, 4) as before_numerator,
    (case when before.origin = 'typed' then outcome_month.denominator else before.denominator end)::decimal(24, 4) as before_denominator,
    case when before.origin = 'typed' then cast(before.value as double precision)
        else cast(before.numerator as double precision) / nullif(cast(before.denominator as double precision), 0) end as before_value,
    cast(before.middle as double precision) as before_middle,
    before.set_by as baseline_set_by, before.recorded_at as baseline_set_at,
    own.month is not null as is_baseline,
    outcome_month.month = month_text(business_today()) as is_running,
    'company' as rls_owner, 'company' as rls_region
from core.outcome_month
left join paired as before on before.measure = outcome_month.measure and before.month = outcome_month.month and before.place = 1
left join core.outcome_baseline as own on own.measure = outcome_month.measure and own.month = outcome_month.month
