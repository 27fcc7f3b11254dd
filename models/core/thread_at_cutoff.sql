-- what     The threads (预测线索) current at each cut-off, and whether they count. METRICS 5.1: the last statement made by then, unless
--          withdrawn. Two people on one document or order: the customer's owner counts, else the later; the other is a conflict.
-- grain    one row per cut-off and thread
-- key      cutoff_date, statement_id
-- sources  core.forecast_cutoff, core.forecast_statement, core.territory_assignment
-- column   is_counted: false for a conflict, which stays out of the forecast
-- column   has_conflict: somebody else said something about the same subject
-- column   owner_id: owner of the customer on the cut-off date
with cutoff as (
    select distinct cutoff_date from core.forecast_cutoff
),
thread as (
    select
        cutoff.cutoff_date,
        forecast_statement.statement_id, forecast_statement.thread_id, forecast_statement.customer_id, forecast_statement.stated_by,
        forecast_statement.subject_kind, forecast_statement.subject_number, forecast_statement.certainty,
        forecast_statement.amount_cny, forecast_statement.expected_date, forecast_statement.stated_date, forecast_statement.stated_at,
        coalesce(territory_assignment.owner_id, 'unassigned') as owner_id
    from cutoff
    join core.forecast_statement
        on forecast_statement.stated_date <= cutoff.cutoff_date
        and coalesce(forecast_statement.replaced_date, date '9999-12-31') > cutoff.cutoff_date
    left join core.territory_assignment
        on territory_assignment.customer_id = forecast_statement.customer_id
        and territory_assignment.valid_from <= cutoff.cutoff_date
        and coalesce(territory_assignment.valid_to, date '9999-12-31') > cutoff.cutoff_date
    where not forecast_statement.is_withdrawn
        and forecast_statement.amount_cny > 0 and forecast_statement.expected_date is not null
),
ranked as (
    select
        thread.*,
        row_number() over (
            partition by cutoff_date, customer_id, subject_kind, subject_number,
                case when subject_kind = 'none' then statement_id end
            order by case when stated_by = owner_id then 0 else 1 end, stated_at desc, statement_id desc
        ) as number,
        count(*) over (
            partition by cutoff_date, customer_id, subject_kind, subject_number,
                case when subject_kind = 'none' then statement_id end
        ) as threads
    from thread
)
select
    cutoff_date, statement_id, thread_id, customer_id, stated_by, owner_id,
    subject_kind, subject_number, certainty, amount_cny,
    number = 1 as is_counted, threads > 1 as has_conflict,
    expected_date, stated_date
from ranked
