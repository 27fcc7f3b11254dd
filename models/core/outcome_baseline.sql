-- what     What an outcome was before (基线), frozen when somebody set it: a typed value, or the figures of a month as they stood then. The
--          newest word counts. METRICS PEO-5, D5 of the requirements.
-- grain    one row per measure and month
-- key      measure, month
-- sources  ops.event
-- column   origin: typed or computed
-- column   value: typed ones only
-- column   numerator, denominator, middle: computed ones only: what the value and the median were
-- accepted measure: sales_cycle, repeat_share, retention, retention_by_value, admin_hours
-- accepted origin: typed, computed
with said as (
    select
        json_text(body, 'measure') as measure, json_text(body, 'month') as month, json_text(body, 'origin') as origin,
        cast(json_text(body, 'value') as decimal(24, 6)) as value,
        cast(json_text(body, 'numerator') as decimal(24, 4)) as numerator,
        cast(json_text(body, 'denominator') as decimal(24, 4)) as denominator,
        cast(json_text(body, 'middle') as decimal(24, 6)) as middle,
        actor, happened_at,
        row_number() over (partition by json_text(body, 'measure'), json_text(body, 'month') order by sequence desc) as place
    from ops.event
    where kind = 'baseline.set'
)
select measure, month, origin, value, numerator, denominator, middle, actor as set_by, happened_at as recorded_at
from said
where place = 1
