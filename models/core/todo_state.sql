-- what     What people did with the tasks of the morning list (晨会清单): the newest word on each task. REQUIREMENTS B7.
-- grain    one row per task that somebody has touched
-- key      task_key
-- sources  ops.event
-- column   action: done, asked, snoozed or reopened
-- column   until_date: last day on which a snoozed task stays away
-- accepted action: done, asked, snoozed, reopened
with acted as (
    select
        subject as task_key, actor, reason, happened_at,
        case kind when 'todo.done' then 'done' when 'todo.asked' then 'asked' when 'todo.snoozed' then 'snoozed' else 'reopened' end as action,
        cast(json_text(body, 'until') as date) as until_date,
        row_number() over (partition by subject order by sequence desc) as number
    from ops.event
    where kind in ('todo.done', 'todo.asked', 'todo.snoozed', 'todo.reopened')
)
select task_key, action, until_date, reason, actor, business_date(happened_at) as acted_date, happened_at as recorded_at
from acted
where number = 1
