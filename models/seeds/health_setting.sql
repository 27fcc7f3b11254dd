-- what     Weights, limits, targets, points and curves of customer health as METRICS section 8 has them. A company's own stand under
--          `health` in millrace.yaml (docs/health.md), not here.
-- grain    one row per setting, of a curve one per point
-- key      part, name, x
-- column   part: weight, limit, target, risk, risk_cap or curve
-- column   x: of a curve's point: days, a ratio, or per cent; else the order in which it is shown
-- column   value: points of 100, days, weeks, per cent, CNY: what the name says
select
    null::varchar as part, null::varchar as name, null::decimal(18, 6) as x, null::decimal(18, 6) as value
where false
