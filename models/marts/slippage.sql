-- what     Slippage (延期): opportunities that were expected, when a month began, to close in it, and what became of them by its end.
--          METRICS FUN-5. A month that still runs is "so far". Invalid opportunities are out.
-- grain    one row per opportunity and month in which it was expected to close
-- key      opportunity_id, month
-- sources  core.calendar, core.customer, core.employee, core.opportunity, core.opportunity_version
-- column   amount_cny: at the start of the month
-- column   outcome: slipped (open, expected after the month), won, lost, or due (open, its date in the month or before: not kept up)
-- column   pushes: how often its expected close moved later within the month
-- column   days: days by which it moved later within the month, all pushes added up
-- column   is_over: the month has ended
-- column   precision: exact, or snapshot (known by a sync only)
-- column   rls_owner: owner of the customer when the month began (METRICS 0.9)
-- accepted outcome: slipped, won, lost, due
with month as (
    select day as from_date, month_end(day) as to_date, least(month_end(day), business_today()) as seen_date
    from core.calendar
    where day = month_start(day) and day <= business_today() and day > business_today() - 770
),
expected as (
    select month.from_date as month_start, month.to_date as month_end, month.seen_date, version.*
    from month
    join core.opportunity_version as version
        on version.from_date < month.from_date and version.to_date >= month.from_date
        and version.expected_close_date between month.from_date and month.to_date
    where version.status = 'open'
),
pushed as (
    select expected.opportunity_id, expected.month_start, count(*) as pushes, sum(version.pushed_days) as days
    from expected
    join core.opportunity_version as version
        on version.opportunity_id = expected.opportunity_id
        and version.from_date between expected.month_start and expected.seen_date
    where version.pushed_days is not null
    group by expected.opportunity_id, expected.month_start
)
select
    expected.opportunity_id, month_text(expected.month_start) as month, expected.month_start,
    opportunity.name as opportunity_name, opportunity.business_line, opportunity.lead_source,
    opportunity.customer_id, customer.name as customer_name,
    coalesce(expected.amount_cny, 0)::decimal(18, 2) as amount_cny,
    expected.expected_close_date, ended.expected_close_date as later_close_date,
    case
        when ended.status in ('won', 'lost') then ended.status
        when ended.expected_close_date > expected.month_end then 'slipped'
        else 'due'
    end as outcome,
    coalesce(pushed.pushes, 0)::int as pushes, coalesce(pushed.days, 0)::int as days,
    expected.month_end < business_today() as is_over,
    greatest(expected.precision, ended.precision) as precision, -- snapshot is the larger word
    expected.owner_id as rls_owner, owner.name as owner_name, expected.region as rls_region
from expected
join core.opportunity_version as ended
    on ended.opportunity_id = expected.opportunity_id
    and ended.from_date <= expected.seen_date and ended.to_date > expected.seen_date
join core.opportunity on opportunity.opportunity_id = expected.opportunity_id
left join pushed on pushed.opportunity_id = expected.opportunity_id and pushed.month_start = expected.month_start
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.employee as owner on owner.employee_id = expected.owner_id
where opportunity.status <> 'invalid' and ended.status <> 'invalid' and not coalesce(customer.is_internal, false)
