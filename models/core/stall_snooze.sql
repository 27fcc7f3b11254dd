-- what     Stalls that people put off (暂缓): with a reason and the last day on which nobody is reminded. METRICS FUN-10.
-- grain    one row per snooze that was not taken back
-- key      snooze_id
-- sources  ops.event
-- column   stall_id: core.stall.stall_id: the opportunity and its last movement
-- column   until_date: last day on which it stays away
select
    snoozed.event_id as snooze_id, snoozed.subject as stall_id, json_text(snoozed.body, 'opportunity_id') as opportunity_id,
    cast(json_text(snoozed.body, 'until') as date) as until_date, snoozed.reason, snoozed.actor,
    business_date(snoozed.happened_at) as snoozed_date, snoozed.happened_at as recorded_at
from ops.event as snoozed
where snoozed.kind = 'stall.snoozed'
    and not exists (
        select 1 from ops.event as undone
        where undone.kind = 'stall.woken' and json_text(undone.body, 'snooze') = snoozed.event_id
    )
