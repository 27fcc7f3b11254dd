-- what     The five health indicators (健康度指标) and their weights; change the weights here. METRICS HEA-1 to HEA-5.
-- grain    one row per indicator
-- key      indicator
-- column   weight: points of 100
select
    null::varchar as indicator,
    null::int as indicator_order,
    null::int as weight
where false
