-- what     The curves of customer health as pieces of lines, flat outside their points: whoever needs the points at x joins the piece
--          with from_x < x <= to_x and takes base_points + (x - base_x) * slope. The one way a curve is read. METRICS section 8.
-- grain    one row per curve and piece
-- key      curve, piece
-- sources  core.health_setting
-- column   curve: days_late, won_percent, core_percent, purchase_percent, days_since_contact, order_ratio, gap_ratio, return_percent
-- column   from_x: the piece begins after it; -1e18 for the first
-- column   to_x: the piece ends there; 1e18 for the last
-- column   slope: points per unit of x
-- column   end_points: at to_x; of a flat piece what it is throughout
with point as (
    select
        name as curve, cast(x as double precision) as x, cast(value as double precision) as points,
        cast(lag(x) over (partition by name order by x) as double precision) as before_x,
        cast(lag(value) over (partition by name order by x) as double precision) as before_points,
        row_number() over (partition by name order by x) as number,
        row_number() over (partition by name order by x desc) as number_from_end
    from core.health_setting where part = 'curve'
)
select
    curve, number::int as piece,
    coalesce(before_x, -1e18) as from_x, x as to_x,
    coalesce(before_x, x) as base_x, coalesce(before_points, points) as base_points,
    coalesce((points - before_points) / (x - before_x), 0) as slope, points as end_points
from point
union all
select curve, (number + 1)::int, x, 1e18, x, points, 0, points from point where number_from_end = 1
