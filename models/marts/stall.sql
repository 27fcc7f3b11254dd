-- what     What became of stalls within 30 days (30 日处理): a movement, or a closing with a reason. Snoozing is not handling. METRICS FUN-11.
-- grain    one row per stall that has begun: an opportunity and its last movement
-- key      stall_id
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_version, core.stall
-- column   outcome: handled, not_handled (the 30 days are over) or running (in no rate yet)
-- column   begun_date: the day on which it became a stall; it decides the period
-- column   handled_after_days: from begun_date; null if not handled within 30 days
-- column   rls_owner: owner of the customer on begun_date (METRICS 0.9)
-- accepted outcome: handled, not_handled, running
select
    stall.stall_id, stall.opportunity_id, opportunity.name as opportunity_name,
    opportunity.customer_id, customer.name as customer_name,
    opportunity.business_line, coalesce(version.amount_cny, 0)::decimal(18, 2) as amount_cny,
    stall.last_movement_date, stall.begun_date, month_text(stall.begun_date) as begun_month,
    stall.ended_date, stall.ended_by,
    case when stall.handled_date is not null then 'handled' when stall.is_judged then 'not_handled' else 'running' end as outcome,
    stall.handled_date - stall.begun_date as handled_after_days,
    version.owner_id as rls_owner, owner.name as owner_name, version.region as rls_region
from core.stall
join core.opportunity on opportunity.opportunity_id = stall.opportunity_id
join core.opportunity_version as version
    on version.opportunity_id = stall.opportunity_id
    and version.from_date <= stall.begun_date and version.to_date > stall.begun_date
left join core.customer on customer.customer_id = opportunity.customer_id
left join core.employee as owner on owner.employee_id = version.owner_id
where not coalesce(customer.is_internal, false)
