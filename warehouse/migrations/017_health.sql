-- What millrace.yaml says about customer health (METRICS section 8), version by version: a frozen month names the version it was frozen
-- with, and the version keeps its figures. Without a current version the defaults hold (models/seeds/health_setting.csv).
create table ops.health_version (
    version bigint primary key,
    is_current boolean not null,
    written_at timestamp not null
);

create table ops.health_setting (
    version bigint not null,
    part varchar not null, -- weight, limit, target, risk, risk_cap, curve
    name varchar not null,
    x decimal(18, 6) not null, -- place of a curve's point; else the order in which it is shown
    value decimal(18, 6) not null,
    primary key (version, part, name, x)
);
