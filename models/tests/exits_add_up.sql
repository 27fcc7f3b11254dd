-- what     Forward + lost + back = exits, for every stage (METRICS FUN-2): exits counted a second way, from stays that another stage of
--          the pipeline or the loss follows, are the rows of the mart by direction.
-- sources  core.customer, core.opportunity, core.opportunity_stage_stay, marts.stage_exit
with stay as (
    select
        opportunity_stage_stay.stay_id, opportunity_stage_stay.connection, opportunity_stage_stay.stage_key,
        opportunity_stage_stay.stage_rank,
        coalesce(opportunity_stage_stay.stage_rank, 0) as place, -- 0: lost
        row_number() over (
            partition by opportunity_stage_stay.opportunity_id
            order by opportunity_stage_stay.entered_at, coalesce(opportunity_stage_stay.left_at, timestamp '9999-12-31 00:00:00')
        ) as number,
        opportunity_stage_stay.opportunity_id
    from core.opportunity
    join core.opportunity_stage_stay on opportunity_stage_stay.opportunity_id = opportunity.opportunity_id
    left join core.customer on customer.customer_id = opportunity.customer_id
    where opportunity.status <> 'invalid' and not coalesce(customer.is_internal, false)
        and (opportunity_stage_stay.stage_rank is not null or opportunity_stage_stay.is_lost)
        and business_date(opportunity_stage_stay.entered_at) <= business_today()
),
ended as (
    select stay.connection, stay.stage_key, count(*) as exits
    from stay
    join stay as next_stay on next_stay.opportunity_id = stay.opportunity_id and next_stay.number = stay.number + 1
    where stay.stage_rank is not null and next_stay.place <> stay.stage_rank
    group by stay.connection, stay.stage_key
),
exited as (
    select
        opportunity.connection, stage_exit.stage_key,
        count(*) filter (where stage_exit.direction = 'forward') + count(*) filter (where stage_exit.direction = 'lost')
        + count(*) filter (where stage_exit.direction = 'back') as exits
    from marts.stage_exit
    join core.opportunity on opportunity.opportunity_id = stage_exit.opportunity_id
    group by opportunity.connection, stage_exit.stage_key
)
select coalesce(ended.stage_key, exited.stage_key) as stage_key, ended.exits as ended, exited.exits as exited
from ended
full join exited on exited.connection = ended.connection and exited.stage_key = ended.stage_key
where coalesce(ended.exits, 0) <> coalesce(exited.exits, 0)
