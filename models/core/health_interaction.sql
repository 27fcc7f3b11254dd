-- what     Interaction (互动活跃度, HEA-3): [0.6] x weeks with contact in the last 13 against the target of the customer's class (at most
--          100) + [0.4] x recency of the last contact, by the curve days_since_contact. Weeks are Monday to Sunday; the week of the
--          month's end is the thirteenth.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.activity, core.customer, core.customer_identity, core.health_curve, core.health_limit, core.health_population,
--          core.health_setting
-- column   value: 0 to 100; a customer that is covered and was not contacted has 0; null if missing
-- column   missing_reason: not_covered: the customer has no record in a connection that gave activities by then
-- column   days_since_contact: from the last contact to the month's end; null if there was none
with covered as (
    select customer_identity.customer_id, min(source.first_date) as first_date
    from core.customer_identity
    join (select connection, min(activity_date) as first_date from core.activity group by connection) as source
        on source.connection = customer_identity.connection
    group by customer_identity.customer_id
),
contact as (
    select distinct customer_id, activity_date, cast(date_trunc('week', activity_date) as date) as week
    from core.activity where is_contact
),
contacted as (
    select
        health_population.customer_id, health_population.month,
        count(distinct contact.week) filter (
            where contact.week >= cast(date_trunc('week', health_population.month_end) as date) - 84
        ) as contact_weeks,
        max(contact.activity_date) as last_date
    from core.health_population
    join contact on contact.customer_id = health_population.customer_id and contact.activity_date <= health_population.month_end
    group by health_population.customer_id, health_population.month
),
counted as (
    select
        health_population.customer_id, health_population.month,
        covered.first_date is not null as is_covered,
        coalesce(contacted.contact_weeks, 0)::int as contact_weeks,
        coalesce(target.value, other.value)::int as target_weeks,
        health_population.month_end - contacted.last_date as days_since_contact,
        cast(health_population.month_end - contacted.last_date as double precision) as days
    from core.health_population
    join core.customer on customer.customer_id = health_population.customer_id
    join core.health_setting as other on other.part = 'target' and other.name = 'other'
    left join core.health_setting as target on target.part = 'target' and target.name = customer.customer_class
    left join covered
        on covered.customer_id = health_population.customer_id and covered.first_date <= health_population.month_end
    left join contacted
        on contacted.customer_id = health_population.customer_id and contacted.month = health_population.month
),
pointed as (
    select
        counted.*,
        least(cast(contact_weeks as double precision) * 100 / target_weeks, 100) as week_points,
        coalesce(health_curve.base_points + (counted.days - health_curve.base_x) * health_curve.slope, 0) as recency_points
    from counted
    left join core.health_curve
        on health_curve.curve = 'days_since_contact' and counted.days > health_curve.from_x and counted.days <= health_curve.to_x
)
select
    customer_id, month, 'interaction' as indicator,
    case when is_covered
        then (cast(health_limit.contact_percent as double precision) * week_points
            + cast(100 - health_limit.contact_percent as double precision) * recency_points) / 100 end as value,
    case when not is_covered then 'not_covered' end as missing_reason,
    contact_weeks, target_weeks, days_since_contact::int as days_since_contact
from pointed
cross join core.health_limit
