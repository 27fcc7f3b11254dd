-- what     Interaction (互动活跃度, HEA-3): 0.6 x weeks with contact in the last 13 against the target of the customer's class (A 8, B 5,
--          C 3 and unclassed; at most 100) + 0.4 x recency of the last contact (<= 14 days 100, 30 70, 60 30, >= 90 0). Weeks are
--          Monday to Sunday; the week of the month's end is the thirteenth.
-- grain    one row per customer and month of the health population
-- key      customer_id, month
-- sources  core.activity, core.customer, core.customer_identity, core.health_population
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
        case customer.customer_class when 'A' then 8 when 'B' then 5 else 3 end as target_weeks,
        health_population.month_end - contacted.last_date as days_since_contact,
        cast(health_population.month_end - contacted.last_date as double precision) as days
    from core.health_population
    join core.customer on customer.customer_id = health_population.customer_id
    left join covered
        on covered.customer_id = health_population.customer_id and covered.first_date <= health_population.month_end
    left join contacted
        on contacted.customer_id = health_population.customer_id and contacted.month = health_population.month
),
pointed as (
    select
        counted.*,
        least(cast(contact_weeks as double precision) * 100 / target_weeks, 100) as week_points,
        case
            when days <= 14 then 100
            when days <= 30 then 100 - (days - 14) * 30 / 16
            when days <= 60 then 70 - (days - 30) * 40 / 30
            when days <= 90 then 30 - (days - 60) * 30 / 30
            else 0
        end as recency_points
    from counted
)
select
    customer_id, month, 'interaction' as indicator,
    case when is_covered then 0.6 * week_points + 0.4 * recency_points end as value,
    case when not is_covered then 'not_covered' end as missing_reason,
    contact_weeks, target_weeks, days_since_contact::int as days_since_contact
from pointed
