-- what     What moved in the pipeline over a period (漏斗变动): every step between the open amount at its start and at its end, for each
--          opportunity. METRICS FUN-9. Both ends are looked at, not the days between: raised and lowered is the net of the period, what
--          was created and closed within it is a memo. Exits count at their amount at the start. An opportunity that changes owner,
--          region or expected close leaves one slice and enters another, so every slice closes; over all slices these net to zero.
-- grain    one row per period, opportunity and step
-- key      period, opportunity_id, step
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_version, core.pipeline_period
-- column   step: open_start, new, reopened, raised, lowered, won, lost, invalid, owner_out, owner_in, close_out, close_in, open_end;
--          memos, in no sum: won_amount (won, at its amount at close), passed (created and closed within the period)
-- column   change_cny: signed; open_start and all steps but the memos and open_end add up to open_end
-- column   count_change: 1, -1 or 0 (raised, lowered), adding up like change_cny
-- column   expected_close_date: as it is in the slice that the step belongs to
-- column   rls_owner: owner of the customer on the day of the step; at the ends that of the end (METRICS 0.9)
with first_day as (
    select period.period, period.from_date, period.to_date, version.*
    from core.pipeline_period as period
    join core.opportunity_version as version
        on version.from_date < period.from_date and version.to_date >= period.from_date
),
last_day as (
    select period.period, period.from_date as first_date, period.to_date as last_date, version.*
    from core.pipeline_period as period
    join core.opportunity_version as version
        on version.from_date <= period.to_date and version.to_date > period.to_date
),
pair as (
    select
        last_day.period, last_day.first_date, last_day.last_date, last_day.opportunity_id, last_day.status as end_status,
        case
            when first_day.status = 'open' and last_day.status = 'open' then 'kept'
            when first_day.status = 'open' then 'left'
            when last_day.status = 'open' and first_day.opportunity_id is null then 'new'
            when last_day.status = 'open' then 'reopened'
            when first_day.opportunity_id is null and last_day.status in ('won', 'lost') then 'passed'
        end as course,
        coalesce(first_day.amount_cny, 0) as start_cny,
        coalesce(last_day.amount_cny, 0) as end_cny,
        coalesce(turn.amount_cny, 0) as turn_cny,
        coalesce(first_day.expected_close_date, date '9999-12-31') as start_close,
        coalesce(last_day.expected_close_date, date '9999-12-31') as end_close,
        first_day.owner_id as start_owner, first_day.region as start_region,
        last_day.owner_id as end_owner, last_day.region as end_region,
        turn.owner_id as turn_owner, turn.region as turn_region
    from last_day
    left join first_day on first_day.period = last_day.period and first_day.opportunity_id = last_day.opportunity_id
    left join core.opportunity_version as turn
        on turn.opportunity_id = last_day.opportunity_id and turn.valid_from = last_day.status_since
),
course as (
    select
        pair.*,
        case when course in ('new', 'reopened') then end_cny when course = 'passed' then turn_cny else start_cny end as held_cny,
        case when course in ('kept', 'left') then start_owner else turn_owner end as from_owner,
        case when course in ('kept', 'left') then start_region else turn_region end as from_region,
        case when course in ('left', 'passed') then turn_owner else end_owner end as to_owner,
        case when course in ('left', 'passed') then turn_region else end_region end as to_region,
        case when course in ('kept', 'left') then start_close else end_close end as from_close,
        case when course = 'left' then start_close else end_close end as to_close
    from pair
    where course is not null
),
step as (
    select course.*, step.step, step.sign, step.owner_side, step.close_side
    from course
    cross join (values
        ('open_start', 1, 'from', 'from'), ('new', 1, 'from', 'to'), ('reopened', 1, 'from', 'to'),
        ('owner_out', -1, 'from', 'from'), ('owner_in', 1, 'to', 'from'),
        ('close_out', -1, 'to', 'from'), ('close_in', 1, 'to', 'to'),
        ('raised', 0, 'to', 'to'), ('lowered', 0, 'to', 'to'),
        ('won', -1, 'to', 'from'), ('lost', -1, 'to', 'from'), ('invalid', -1, 'to', 'from'),
        ('open_end', 1, 'to', 'to'), ('won_amount', 1, 'to', 'from'), ('passed', 1, 'to', 'to')
    ) as step(step, sign, owner_side, close_side)
    where case step.step
        when 'open_start' then course in ('kept', 'left')
        when 'owner_out' then course <> 'passed' and (from_owner <> to_owner or from_region <> to_region)
        when 'owner_in' then course <> 'passed' and (from_owner <> to_owner or from_region <> to_region)
        when 'close_out' then course = 'kept' and from_close <> to_close
        when 'close_in' then course = 'kept' and from_close <> to_close
        when 'raised' then course = 'kept' and end_cny > start_cny
        when 'lowered' then course = 'kept' and end_cny < start_cny
        when 'open_end' then course in ('kept', 'new', 'reopened')
        when 'won_amount' then course = 'left' and end_status = 'won'
        else step.step = course or (course = 'left' and step.step = end_status)
    end
)
select
    step.period, step.opportunity_id, step.step, step.first_date, step.last_date,
    opportunity.name as opportunity_name, opportunity.business_line, opportunity.lead_source,
    opportunity.customer_id, customer.name as customer_name,
    cast(case
        when step.step in ('raised', 'lowered') then end_cny - start_cny
        when step.step in ('won_amount', 'passed') then turn_cny
        when step.step = 'open_end' then end_cny
        else sign * held_cny
    end as decimal(18, 2)) as change_cny,
    cast(sign as int) as count_change,
    nullif(case when close_side = 'from' then from_close else to_close end, date '9999-12-31') as expected_close_date,
    month_text(nullif(case when close_side = 'from' then from_close else to_close end, date '9999-12-31')) as expected_close_month,
    case when owner_side = 'from' then from_owner else to_owner end as rls_owner,
    owner.name as owner_name,
    case when owner_side = 'from' then from_region else to_region end as rls_region
from step
join core.opportunity on opportunity.opportunity_id = step.opportunity_id
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.employee as owner
    on owner.employee_id = case when owner_side = 'from' then from_owner else to_owner end
where not coalesce(customer.is_internal, false)
