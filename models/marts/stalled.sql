-- what     Stalled opportunities (停滞商机) as of today, those that are snoozed marked. METRICS FUN-10.
-- grain    one row per opportunity whose stall lasts today
-- key      stall_id
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_pipeline, core.opportunity_version, core.stage,
--          core.stall
-- column   stall_days: days without a movement, closures out
-- column   is_snoozed: put off until today or later; it is no stall meanwhile
-- column   can_snooze: it was snoozed less than twice
-- column   rls_owner: owner of the customer today (METRICS 0.9), who is to move it
select
    stall.stall_id, stall.opportunity_id, opportunity.name as opportunity_name,
    opportunity.customer_id, customer.name as customer_name,
    opportunity.business_line, opportunity.stage_key, coalesce(stage.stage_name, opportunity.stage_key) as stage_name,
    coalesce(opportunity.amount_cny, 0)::decimal(18, 2) as amount_cny, opportunity.expected_close_date,
    stall.last_movement_at, stall.last_movement_date, stall.last_movement_kind, stall.stall_days,
    stall.begun_date, stall.remind_date, stall.snoozed_until, stall.snoozes,
    coalesce(stall.snoozed_until >= business_today(), false) as is_snoozed,
    stall.snoozes < 2 as can_snooze,
    version.owner_id as rls_owner, owner.name as owner_name, version.region as rls_region
from core.stall
join core.opportunity on opportunity.opportunity_id = stall.opportunity_id
join core.opportunity_version as version
    on version.opportunity_id = stall.opportunity_id
    and version.from_date <= business_today() and version.to_date > business_today()
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.opportunity_pipeline on opportunity_pipeline.opportunity_id = stall.opportunity_id
left join core.stage
    on stage.connection = opportunity.connection and stage.pipeline = opportunity_pipeline.pipeline
    and stage.stage_key = version.stage_key
left join core.employee as owner on owner.employee_id = version.owner_id
where stall.is_open and version.status = 'open' and not coalesce(customer.is_internal, false)
