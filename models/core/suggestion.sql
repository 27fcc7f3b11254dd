-- what     What the hub suggests to one person about one customer, and whether it still waits: a replacement plan after two reds (HEA-7), a
--          risk event to look at. Raised once each (suggestion.raised); closed by a person with a reason (suggestion.closed).
-- grain    one row per suggestion
-- key      suggestion_id
-- sources  ops.event
-- column   suggestion_id: suggestion/<kind>/<customer>/<change>
-- column   change: what it is about: the second red month, the risk event
-- column   to_id: employee_id of who is to do something; null where nobody is responsible
-- column   reason: key of the sentence that says why
-- column   detail: what the reason is about, in the words of its source; null if there is none
-- column   month: YYYY-MM; null where it is about no month
-- column   customer_name: as it was when it was raised
-- column   raised_at: UTC; raised_date is its business date
-- required kind, customer_id, raised_at
with closed as (
    select
        subject as suggestion_id, actor, reason, happened_at,
        row_number() over (partition by subject order by sequence) as number
    from ops.event where kind = 'suggestion.closed'
)
select
    event.event_id as suggestion_id,
    json_text(event.body, 'kind') as kind, json_text(event.body, 'customer_id') as customer_id,
    json_text(event.body, 'change') as change,
    json_text(event.body, 'customer_name') as customer_name,
    json_text(event.body, 'to') as to_id, json_text(event.body, 'reason') as reason,
    json_text(event.body, 'detail') as detail, json_text(event.body, 'month') as month,
    event.happened_at as raised_at, business_date(event.happened_at) as raised_date,
    closed.happened_at as closed_at, business_date(closed.happened_at) as closed_date,
    closed.actor as closed_by, closed.reason as closing_reason,
    event.happened_at as recorded_at
from ops.event as event
left join closed on closed.suggestion_id = event.event_id and closed.number = 1
where event.kind = 'suggestion.raised'
