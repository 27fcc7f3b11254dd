-- what     An opportunity as it stood at any time (商机历史): amount, expected close, owner, region, stage and status, from the CRM's log of
--          changes or from what the syncs saw, and from the stages it was in. The last version is the opportunity as it stands now.
--          What was never told before the first value we know counts as that value. METRICS FUN-5, FUN-9, 7.1.
-- grain    one row per opportunity and time in which nothing of this changed
-- key      opportunity_id, valid_from
-- sources  core.employee, core.employee_identity, core.opportunity, core.opportunity_stage_stay, core.territory_assignment,
--          staging.opportunity_change
-- column   valid_to: half open, UTC; null for the last
-- column   from_date: business date of valid_from; as of the end of day D stands the version with from_date <= D and to_date > D
-- column   to_date: business date of valid_to; 9999-12-31 for the last
-- column   owner_id: owner of the customer at that time (METRICS 0.9); without a customer the opportunity's; else 'unassigned'
-- column   status: open, won, lost or invalid
-- column   status_since: valid_from of the first version with this status in a row
-- column   pushed_days: days by which its expected close moved later at valid_from while it was open; null if it did not
-- column   precision: exact, or snapshot (known by a sync, it changed earlier)
-- reference opportunity_id -> core.opportunity.opportunity_id
-- accepted status: open, won, lost, invalid
-- accepted precision: exact, snapshot
with logged as (
    select
        opportunity.opportunity_id, opportunity_change.changed_at, 2 as rank, coalesce(opportunity_change.sequence, 0) as sequence,
        opportunity_change.source_id, opportunity_change.precision, opportunity.connection,
        opportunity_change.amount_cny, opportunity_change.expected_close_date, employee_identity.employee_id as owner_id,
        opportunity_change.status, cast(null as varchar) as stage_key
    from staging.opportunity_change
    join core.opportunity
        on opportunity.connection = opportunity_change.connection and opportunity.source_id = opportunity_change.opportunity_ref
    left join core.employee_identity
        on employee_identity.connection = opportunity_change.connection
        and employee_identity.source_id = opportunity_change.owner_ref
    where not opportunity_change.is_deleted
),
staged as (
    select
        stay.opportunity_id, stay.entered_at as changed_at, 3 as rank, 0 as sequence, stay.stay_id as source_id, stay.precision,
        opportunity.connection, cast(null as decimal(18, 2)) as amount_cny, cast(null as date) as expected_close_date,
        cast(null as varchar) as owner_id,
        case
            when stay.left_at is null and opportunity.status in ('won', 'lost') then opportunity.status -- the stage may not say it
            when stay.is_won then 'won'
            when stay.is_lost then 'lost'
            else 'open'
        end as status, stay.stage_key
    from core.opportunity_stage_stay as stay
    join core.opportunity on opportunity.opportunity_id = stay.opportunity_id
),
told as (
    select * from logged union all select * from staged
),
ends as (
    select opportunity_id, min(changed_at) as first_at, max(changed_at) as last_at from told group by opportunity_id
),
change as (
    select * from told
    union all -- it was there from its creation on
    select
        opportunity.opportunity_id, opportunity.created_at, 1, 0, '', 'exact', opportunity.connection, null, null, null, null, null
    from core.opportunity
    left join ends on ends.opportunity_id = opportunity.opportunity_id
    where opportunity.created_at < coalesce(ends.first_at, timestamp '9999-12-31 00:00:00')
    union all -- and ends as it is: what no log told happened by the record's last change
    select
        opportunity.opportunity_id,
        greatest(coalesce(opportunity.source_updated_at, opportunity.recorded_at), opportunity.created_at, ends.last_at),
        4, 0, '', 'snapshot', opportunity.connection,
        opportunity.amount_cny, opportunity.expected_close_date, opportunity.owner_id, opportunity.status, null
    from core.opportunity
    left join ends on ends.opportunity_id = opportunity.opportunity_id
),
log as ( -- a connection that keeps a log knows of an opportunity that never changed, too
    select connection, min(precision) as precision from logged group by connection
),
numbered as (
    select
        change.*,
        row_number() over in_order as number,
        count(change.amount_cny) over in_order as amount_number,
        count(expected_close_date) over in_order as close_number,
        count(owner_id) over in_order as owner_number,
        count(status) over in_order as status_number,
        count(stage_key) over in_order as stage_number
    from change
    window in_order as (partition by opportunity_id order by changed_at, rank, sequence, source_id)
),
carried as ( -- null = unchanged; what came before the first value was that value
    select
        opportunity_id, connection, changed_at, number, precision,
        max(amount_cny) over (partition by opportunity_id, greatest(amount_number, 1)) as amount_cny,
        max(expected_close_date) over (partition by opportunity_id, greatest(close_number, 1)) as expected_close_date,
        max(owner_id) over (partition by opportunity_id, greatest(owner_number, 1)) as owner_id,
        coalesce(max(status) over (partition by opportunity_id, status_number), 'open') as status,
        max(stage_key) over (partition by opportunity_id, greatest(stage_number, 1)) as stage_key,
        lead(changed_at) over (partition by opportunity_id order by number) as next_at
    from numbered
),
compared as (
    select
        carried.*,
        row_number() over in_order = 1 or lag(amount_cny) over in_order is distinct from amount_cny
            or lag(expected_close_date) over in_order is distinct from expected_close_date
            or lag(owner_id) over in_order is distinct from owner_id
            or lag(status) over in_order is distinct from status
            or lag(stage_key) over in_order is distinct from stage_key as is_change
    from carried
    where changed_at is distinct from next_at -- of one instant the last
    window in_order as (partition by opportunity_id order by number)
),
version as (
    select compared.*, lead(changed_at) over (partition by opportunity_id order by number) as valid_to
    from compared
    where is_change
),
placed as ( -- days begin at midnight in Shanghai
    select
        version.opportunity_id, version.connection, version.precision,
        greatest(version.changed_at, territory_assignment.valid_from - interval '8 hours') as valid_from,
        least(version.valid_to, territory_assignment.valid_to - interval '8 hours') as valid_to,
        version.amount_cny, version.expected_close_date, version.status, version.stage_key,
        coalesce(territory_assignment.owner_id, version.owner_id, 'unassigned') as owner_id,
        territory_assignment.region
    from version
    join core.opportunity on opportunity.opportunity_id = version.opportunity_id
    left join core.territory_assignment
        on territory_assignment.customer_id = opportunity.customer_id
        and territory_assignment.valid_from - interval '8 hours' < coalesce(version.valid_to, timestamp '9999-12-31 00:00:00')
        and coalesce(territory_assignment.valid_to - interval '8 hours', timestamp '9999-12-31 00:00:00') > version.changed_at
),
followed as (
    select
        placed.*,
        lag(expected_close_date) over in_order as before_close_date,
        lag(status) over in_order as before_status,
        case when lag(status) over in_order is distinct from status then valid_from end as turned_at
    from placed
    window in_order as (partition by opportunity_id order by valid_from)
)
select
    followed.opportunity_id, followed.valid_from, followed.valid_to,
    business_date(followed.valid_from) as from_date,
    coalesce(business_date(followed.valid_to), date '9999-12-31') as to_date,
    followed.amount_cny, followed.expected_close_date, followed.stage_key, followed.status,
    max(followed.turned_at) over (partition by followed.opportunity_id order by followed.valid_from) as status_since,
    case when followed.status = 'open' and followed.before_status = 'open' and followed.expected_close_date > followed.before_close_date
        then followed.expected_close_date - followed.before_close_date end as pushed_days,
    followed.owner_id, coalesce(followed.region, employee.region, 'unassigned') as region,
    case when log.precision = 'exact' then followed.precision else 'snapshot' end as precision
from followed
left join log on log.connection = followed.connection
left join core.employee on employee.employee_id = followed.owner_id
