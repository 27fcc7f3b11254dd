-- what     Weights, limits, targets, points and curves of customer health as they hold now: the company's own (`health` in
--          millrace.yaml), else those of METRICS section 8.
-- grain    one row per setting, of a curve one per point
-- key      part, name, x
-- sources  ops.health_setting, ops.health_version, seeds.health_setting
-- column   part: weight, limit, target, risk, risk_cap or curve
-- column   x: of a curve's point: days, a ratio, or per cent; else the order in which it is shown
-- column   value: points of 100, days, weeks, per cent, CNY: what the name says
-- column   version: the company's settings it comes from; 0: as in METRICS
-- accepted part: weight, limit, target, risk, risk_cap, curve
with own as (
    select health_setting.part, health_setting.name, health_setting.x, health_setting.value, health_setting.version
    from ops.health_setting
    join ops.health_version on health_version.version = health_setting.version
    where health_version.is_current
)
select part, name, x, value, version from own
union all
select part, name, x, value, 0
from seeds.health_setting
where not exists (select 1 from own where own.part = health_setting.part and own.name = health_setting.name)
