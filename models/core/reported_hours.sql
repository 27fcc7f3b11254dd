-- what     Hours that somebody spent on statistics by hand (统计工时), as reported: people's events, the newest word counts. METRICS PEO-5.
-- grain    one row per month, person and work
-- key      month, person_id, what
-- sources  ops.event
-- column   what: which work, in the words of who reported it
-- column   hours: 0 takes a report back
-- required hours
with said as (
    select
        json_text(body, 'month') as month, json_text(body, 'person') as person_id, json_text(body, 'what') as what,
        cast(json_text(body, 'hours') as decimal(9, 2)) as hours, actor, happened_at,
        row_number() over (
            partition by json_text(body, 'month'), json_text(body, 'person'), json_text(body, 'what') order by sequence desc
        ) as place
    from ops.event
    where kind = 'hours.reported'
)
select month, person_id, what, hours, actor as reported_by, happened_at as recorded_at
from said
where place = 1
