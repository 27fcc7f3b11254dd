-- what     Suggestions (建议): to whom, about which customer, when, why, and whether they still wait. A replacement plan (替代开发计划) is over by
--          itself when the red months are. METRICS HEA-7.
-- grain    one row per suggestion
-- key      suggestion_id
-- sources  core.customer, core.employee, core.suggestion, core.territory_assignment, marts.two_reds, ops.frozen_month
-- column   state: open, over (nobody closed it, the customer is no longer red), closed
-- column   red_months: replacement plan: length of the streak so far
-- column   rls_owner: owner of the customer on the day it was raised
-- accepted state: open, over, closed
with frozen as (
    select max(month) as month from ops.frozen_month where kind = 'customer_health'
)
select
    suggestion.suggestion_id, suggestion.kind, suggestion.customer_id,
    coalesce(customer.name, suggestion.customer_name) as customer_name,
    suggestion.change, suggestion.month, suggestion.to_id, employee.name as to_name,
    suggestion.reason, suggestion.detail,
    case
        when suggestion.closed_at is not null then 'closed'
        when suggestion.kind = 'replacement_plan' and (two_reds.last_month is null or two_reds.last_month < frozen.month) then 'over'
        else 'open'
    end as state,
    two_reds.red_months,
    suggestion.raised_at, suggestion.raised_date, suggestion.closed_at, suggestion.closed_date,
    suggestion.closed_by, suggestion.closing_reason,
    coalesce(territory_assignment.owner_id, 'unassigned') as rls_owner, owner.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from core.suggestion
cross join frozen
left join core.customer on customer.customer_id = suggestion.customer_id
left join core.employee on employee.employee_id = suggestion.to_id
left join marts.two_reds
    on suggestion.kind = 'replacement_plan' and two_reds.customer_id = suggestion.customer_id
    and suggestion.month between two_reds.first_month and two_reds.last_month
left join core.territory_assignment
    on territory_assignment.customer_id = suggestion.customer_id
    and territory_assignment.valid_from <= suggestion.raised_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > suggestion.raised_date
left join core.employee as owner on owner.employee_id = territory_assignment.owner_id
