-- what     Identity 9: FUN-9 closes to the cent, in amount and in number, in every slice of owner, region, line and expected close.
-- sources  marts.pipeline_change
select period, rls_owner, rls_region, business_line, expected_close_date,
    sum(case when step = 'open_end' then 0 else change_cny end) as reached_cny,
    sum(case when step = 'open_end' then change_cny else 0 end) as open_end_cny
from marts.pipeline_change
where step not in ('won_amount', 'passed')
group by period, rls_owner, rls_region, business_line, expected_close_date
having sum(case when step = 'open_end' then -change_cny else change_cny end) <> 0
    or sum(case when step = 'open_end' then -count_change else count_change end) <> 0
