-- what     What moved an opportunity (推进动作): a change of its stage, a completed contact with the customer, evidence for a gate; and
--          its end. METRICS FUN-10. No movement: a new expected close date, owner, amount or field, an internal comment, a message that
--          we sent, what is planned, a sync, a reminder. A contact that names no opportunity moves all that the customer has open;
--          one that names another does not move this one.
-- grain    one row per movement or end
-- key      movement_id
-- sources  core.activity, core.opportunity, core.opportunity_stage_stay, ops.event
-- column   kind: stage, visit, call, meeting, message_in, quotation, sample, drawing, evidence; won, lost (its end)
-- column   moved_date: business date of moved_at
-- reference opportunity_id -> core.opportunity.opportunity_id
with stay as (
    select
        stay.stay_id, stay.opportunity_id, stay.entered_at, stay.left_at, opportunity.customer_id,
        case
            when stay.left_at is null and opportunity.status in ('won', 'lost') then opportunity.status
            when stay.is_won then 'won'
            when stay.is_lost then 'lost'
            else 'stage'
        end as kind
    from core.opportunity_stage_stay as stay
    join core.opportunity on opportunity.opportunity_id = stay.opportunity_id
    where opportunity.status <> 'invalid' and business_date(stay.entered_at) <= business_today()
),
contact as (
    select activity_id, opportunity_id, customer_id, activity_type, occurred_at
    from core.activity
    where is_contact and activity_date <= business_today()
)
select
    'stage:' || stay_id as movement_id, opportunity_id, entered_at as moved_at, business_date(entered_at) as moved_date,
    kind
from stay
union all
select
    'contact:' || contact.activity_id || ':' || stay.opportunity_id, stay.opportunity_id,
    contact.occurred_at, business_date(contact.occurred_at), contact.activity_type
from contact
join stay
    on stay.opportunity_id = contact.opportunity_id
    and contact.occurred_at >= stay.entered_at and (stay.left_at is null or contact.occurred_at < stay.left_at)
where stay.kind = 'stage'
union all
select
    'contact:' || contact.activity_id || ':' || stay.opportunity_id, stay.opportunity_id,
    contact.occurred_at, business_date(contact.occurred_at), contact.activity_type
from contact
join stay
    on stay.customer_id = contact.customer_id
    and contact.occurred_at >= stay.entered_at and (stay.left_at is null or contact.occurred_at < stay.left_at)
where contact.opportunity_id is null and stay.kind = 'stage'
union all
select
    'evidence:' || event.event_id, stay.opportunity_id, event.happened_at, business_date(event.happened_at), 'evidence'
from ops.event as event
join stay
    on stay.opportunity_id = event.subject
    and event.happened_at >= stay.entered_at and (stay.left_at is null or event.happened_at < stay.left_at)
where event.kind = 'evidence.uploaded' and business_date(event.happened_at) <= business_today() and stay.kind = 'stage'
