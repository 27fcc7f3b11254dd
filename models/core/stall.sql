-- what     Stalls (停滞): times in which an opportunity was open and nothing moved for more than [7] days. METRICS FUN-10, FUN-11. Days
--          count from the last movement; holiday closures are not counted, ordinary weekends are (or workdays only, by configuration).
-- grain    one row per stall: an opportunity and its last movement
-- key      stall_id
-- sources  core.calendar, core.opportunity, core.opportunity_movement, core.stall_snooze, ops.stall_rule
-- column   stall_id: opportunity_id @ last movement (UTC): one reminder for each, ever
-- column   begun_date: the first day that ended with more than [7] days
-- column   remind_date: the day on which its owner is told: begun_date, or the next workday
-- column   stall_days: on the last day of the stall, or today
-- column   ended_date: day of the next movement or of the closing; null while it lasts
-- column   ended_by: kind of the movement (core.opportunity_movement.kind), won or lost; null while it lasts
-- column   handled_date: day of the movement, of the win, or of the loss with a reason, if within 30 days of begun_date
-- column   is_judged: the 30 days are over, or it was handled
-- column   is_open: it lasts today; snoozed or not
-- column   snoozed_until: last day of the latest snooze
-- column   snoozes: how often it was snoozed, at most 2
-- reference opportunity_id -> core.opportunity.opportunity_id
with rule as (
    select
        coalesce(max(days), 7) as days,
        coalesce(max(counts), 'calendar') as counts
    from ops.stall_rule
),
counted as ( -- days that count up to and with this one
    select
        day, effective_day,
        case when rule.counts = 'workday' then cast(workday_index as bigint)
            else sum(case when is_closure then 0 else 1 end) over (order by day) end as day_number
    from core.calendar
    cross join rule
),
turning as ( -- the first day with each number
    select day_number, min(day) as day from counted group by day_number
),
movement as (
    select
        opportunity_movement.*,
        lead(moved_at) over in_order as next_at,
        lead(moved_date) over in_order as next_date,
        lead(kind) over in_order as next_kind
    from core.opportunity_movement
    window in_order as (partition by opportunity_id order by moved_at, movement_id)
),
quiet as (
    select
        movement.opportunity_id, movement.moved_at as last_movement_at, movement.moved_date as last_movement_date,
        movement.kind as last_movement_kind, movement.next_at, movement.next_date, movement.next_kind,
        moved.day_number as moved_number, rule.days as rule_days,
        coalesce(turning.day, movement.moved_date + rule.days + 1) as begun_date
    from movement
    cross join rule
    left join counted as moved on moved.day = movement.moved_date
    left join turning on turning.day_number = moved.day_number + rule.days + 1
    where movement.kind not in ('won', 'lost') and movement.next_at is distinct from movement.moved_at
),
stalled as (
    select
        quiet.*,
        quiet.opportunity_id || '@' || cast(quiet.last_movement_at as varchar) as stall_id,
        least(coalesce(quiet.next_date - 1, business_today()), business_today()) as last_day
    from quiet
    where begun_date <= business_today() and (next_date is null or next_date > begun_date)
),
snoozed as (
    select stall_id, max(until_date) as until_date, count(*) as snoozes from core.stall_snooze group by stall_id
),
judged as (
    select
        stalled.*,
        case
            when next_date > begun_date + 30 then null
            when next_kind = 'lost' and coalesce(opportunity.lost_reason, '') = '' then null
            else next_date
        end as handled_date,
        coalesce(seen.day_number - moved_number, last_day - last_movement_date) as stall_days
    from stalled
    join core.opportunity on opportunity.opportunity_id = stalled.opportunity_id
    left join counted as seen on seen.day = stalled.last_day
)
select
    judged.stall_id, judged.opportunity_id,
    judged.last_movement_at, judged.last_movement_date, judged.last_movement_kind,
    judged.begun_date, coalesce(begun.effective_day, judged.begun_date) as remind_date,
    cast(judged.stall_days as int) as stall_days,
    judged.next_date as ended_date, judged.next_kind as ended_by, judged.handled_date,
    judged.handled_date is not null or judged.begun_date + 30 < business_today() as is_judged,
    judged.next_date is null as is_open,
    snoozed.until_date as snoozed_until, coalesce(snoozed.snoozes, 0)::int as snoozes
from judged
left join counted as begun on begun.day = judged.begun_date
left join snoozed on snoozed.stall_id = judged.stall_id
