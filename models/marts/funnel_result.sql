-- what     How opportunities end (赢单与周期): won or lost on which day, for how much, after how long; and those still open. METRICS FUN-6,
--          FUN-7, FUN-8. Whatever closed without being won is lost, also for want of a decision. Invalid ones are out.
-- grain    one row per opportunity
-- key      opportunity_id
-- sources  core.customer, core.employee, core.opportunity, core.opportunity_stage_stay, core.opportunity_version,
--          core.territory_assignment
-- column   result: won, lost or open
-- column   closed_date: as the CRM says it, else the day it entered its last stage; null while open
-- column   amount_cny: at the end of closed_date; of open ones today
-- column   amount_precision: exact, snapshot (no log told when it changed) or now
-- column   began_date: first stage entry that is known
-- column   is_imported: won without any earlier history: it is in no cycle
-- column   cycle_days: closed_date - began_date of the won ones
-- column   is_past_first: open, and past the pipeline's first stage
-- column   is_trailing: closed within the last 6 months
-- column   rls_owner: owner of the customer on closed_date, of open ones today (METRICS 0.9); without a customer the opportunity's
-- column   manager_id: the owner's superior: the team
-- accepted result: won, lost, open
-- accepted amount_precision: exact, snapshot, now
with stay as (
    select
        opportunity_stage_stay.*,
        row_number() over (partition by opportunity_id order by entered_at, coalesce(left_at, timestamp '9999-12-31 00:00:00')) as number
    from core.opportunity_stage_stay
    where business_date(entered_at) <= business_today()
),
span as (
    select
        opportunity_id,
        min(entered_at) as began_at,
        bool_or(number = 1 and (is_won or is_lost)) as begins_closed,
        max(case when number = 1 then stage_rank end) as first_rank,
        max(case when left_at is null or business_date(left_at) > business_today() then stage_rank end) as rank_now,
        max(case when left_at is null or business_date(left_at) > business_today() then entered_at end) as stands_since
    from stay
    group by opportunity_id
),
ended as (
    select
        opportunity.*, span.began_at, span.rank_now,
        case opportunity.status when 'open' then 'open' when 'won' then 'won' else 'lost' end as result,
        case when opportunity.status <> 'open' then coalesce(opportunity.closed_date, business_date(span.stands_since)) end as ended_date,
        business_date(span.began_at) as began_date,
        span.begins_closed or (opportunity.created_at is null and span.first_rank > 1) as is_cut
    from core.opportunity
    left join span on span.opportunity_id = opportunity.opportunity_id
    where opportunity.status <> 'invalid'
),
dated as (
    select
        ended.*, coalesce(ended_date, business_today()) as judged_date,
        result = 'won' and (coalesce(is_cut, true) or began_date > ended_date) as is_imported
    from ended
    where result = 'open' or ended_date <= business_today()
)
select
    dated.opportunity_id, dated.name as opportunity_name, dated.customer_id, customer.name as customer_name,
    dated.business_line, dated.lead_source, dated.lost_reason,
    dated.result, dated.ended_date as closed_date, month_text(dated.ended_date) as month,
    coalesce(opportunity_version.amount_cny, dated.amount_cny) as amount_cny,
    case when opportunity_version.amount_cny is null then 'now' else opportunity_version.precision end as amount_precision,
    dated.began_date, dated.is_imported,
    case when dated.result = 'won' and not dated.is_imported
        then cast(dated.ended_date - dated.began_date as double precision) end as cycle_days,
    dated.result = 'open' and coalesce(dated.rank_now > 1, false) as is_past_first,
    coalesce(dated.ended_date > cast(business_today() - interval '6 months' as date), false) as is_trailing,
    coalesce(territory_assignment.owner_id, dated.owner_id, 'unassigned') as rls_owner, owner.name as owner_name,
    coalesce(territory_assignment.region, owner.region, 'unassigned') as rls_region,
    owner.manager_id, manager.name as manager_name
from dated
left join core.opportunity_version
    on opportunity_version.opportunity_id = dated.opportunity_id and opportunity_version.from_date <= dated.judged_date
    and opportunity_version.to_date > dated.judged_date
left join core.customer on customer.customer_id = dated.customer_id
left join core.territory_assignment
    on territory_assignment.customer_id = dated.customer_id
    and territory_assignment.valid_from <= dated.judged_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > dated.judged_date
left join core.employee as owner
    on owner.employee_id = coalesce(territory_assignment.owner_id, dated.owner_id)
left join core.employee as manager on manager.employee_id = owner.manager_id
where not coalesce(customer.is_internal, false)
