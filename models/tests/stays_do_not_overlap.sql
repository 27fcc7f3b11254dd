-- what     Stays of an opportunity follow each other without gap or overlap, and only the last one is open (METRICS 7.1).
-- sources  core.opportunity_stage_stay
select stay_id, entered_at, left_at, next_entered_at
from (
    select
        stay_id, entered_at, left_at,
        lead(entered_at) over (partition by opportunity_id order by entered_at, coalesce(left_at, timestamp '9999-12-31 00:00:00'))
            as next_entered_at
    from core.opportunity_stage_stay
) as stay
where left_at < entered_at or left_at is distinct from next_entered_at
