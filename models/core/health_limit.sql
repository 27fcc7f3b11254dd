-- what     The limits of customer health side by side, with the version of the settings they belong to. METRICS section 8.
-- grain    the only row
-- key      settings_version
-- sources  core.health_setting
-- column   settings_version: of millrace.yaml; 0: as in METRICS. A freeze keeps it
-- column   freeze_workdays: a month is frozen so many workdays after its end
-- column   coverage: per cent of the weight that must be known, else grey
-- column   green: from this score on; yellow likewise
-- column   overdue_90_cny: this much more than 90 days overdue, and overdue_90_percent of the gross, is red
-- column   due_items: fewer items, or less than due_cny, do not tell how a customer pays
-- column   demand_parts: of the three parts of demand so many must be known
-- column   orders: fewer in 24 months tell no rhythm
-- column   bureau_days: so old may the last successful bureau check be
-- column   half_life_days: after so many days a penalty or lawsuit weighs half
-- column   contact_percent: share of the weeks with contact in interaction; the rest is how long ago the last was
-- column   rhythm_percent: share of the rhythm in orders and returns; the rest is the return rate
select
    max(version) as settings_version,
    max(value) filter (where part = 'limit' and name = 'freeze_workdays')::int as freeze_workdays,
    max(value) filter (where part = 'limit' and name = 'coverage') as coverage,
    max(value) filter (where part = 'limit' and name = 'green') as green,
    max(value) filter (where part = 'limit' and name = 'yellow') as yellow,
    max(value) filter (where part = 'limit' and name = 'overdue_90_cny') as overdue_90_cny,
    max(value) filter (where part = 'limit' and name = 'overdue_90_percent') as overdue_90_percent,
    max(value) filter (where part = 'limit' and name = 'due_items')::int as due_items,
    max(value) filter (where part = 'limit' and name = 'due_cny') as due_cny,
    max(value) filter (where part = 'limit' and name = 'demand_parts')::int as demand_parts,
    max(value) filter (where part = 'limit' and name = 'orders')::int as orders,
    max(value) filter (where part = 'limit' and name = 'bureau_days')::int as bureau_days,
    cast(max(value) filter (where part = 'limit' and name = 'half_life_days') as double precision) as half_life_days,
    max(value) filter (where part = 'limit' and name = 'contact_percent') as contact_percent,
    max(value) filter (where part = 'limit' and name = 'rhythm_percent') as rhythm_percent
from core.health_setting
