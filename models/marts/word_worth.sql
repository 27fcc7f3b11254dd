-- what     What a word is worth (确定性校准): each last word before its date, and what had come a week after it. METRICS FVA-8.
-- grain    one row per statement that stood on its date (or the day it was said, if later) and is a week past it, the last 12 months
-- key      statement_id
-- sources  core.customer, core.employee, core.standing_statement, core.territory_assignment
-- column   worth_cny: what came by the date + 7, at most the amount
-- column   person_share: of its person at its certainty: sum of worth_cny / sum of amount_cny
-- column   is_below_floor: confirmed, and its person's share is below [70 %]
-- column   rls_owner: who said it, for ever
-- column   rls_region: the customer's on the expected date
with word as (
    select
        standing_statement.*, least(by_week_cny, amount_cny) as worth_cny
    from core.standing_statement
    where stood and judged_date + 7 < business_today() and judged_date > business_today() - interval '12 months'
),
person as (
    select
        stated_by, certainty,
        cast(sum(worth_cny) as double precision) / nullif(cast(sum(amount_cny) as double precision), 0) as person_share
    from word
    group by stated_by, certainty
)
select
    word.statement_id, word.thread_id, word.customer_id, customer.name as customer_name,
    word.stated_by, speaker.name as stated_by_name, word.certainty,
    word.amount_cny, word.worth_cny::decimal(18, 2) as worth_cny,
    person.person_share,
    word.certainty = 'confirmed' and coalesce(person.person_share < 0.7, false) as is_below_floor,
    month_text(word.judged_date) as month, month_start(word.judged_date) as month_start,
    word.expected_date, word.stated_date, word.judged_date,
    coalesce(word.stated_by, 'unassigned') as rls_owner, speaker.name as owner_name,
    coalesce(territory_assignment.region, 'unassigned') as rls_region
from word
left join person on person.stated_by = word.stated_by and person.certainty = word.certainty
left join core.customer on customer.customer_id = word.customer_id
left join core.employee as speaker on speaker.employee_id = word.stated_by
left join core.territory_assignment
    on territory_assignment.customer_id = word.customer_id
    and territory_assignment.valid_from <= word.expected_date
    and coalesce(territory_assignment.valid_to, date '9999-12-31') > word.expected_date
