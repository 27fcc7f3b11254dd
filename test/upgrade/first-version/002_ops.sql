-- What people and the calendar fix: append-only events, and the months that freezeMonth closed.
-- The frozen copies take their columns from the marts on the first freeze (workflows/activities/freezeMonth.ts).
create table ops.event (
    event_id varchar primary key,
    sequence bigint not null,
    kind varchar not null,
    actor varchar not null,
    subject varchar not null,
    body json not null,
    reason varchar,
    happened_at timestamp not null,
    previous_hash varchar,
    hash varchar not null
);

create table ops.frozen_month (
    kind varchar not null,
    month varchar not null,
    version bigint not null,
    frozen_at timestamp not null,
    known_at timestamp not null,
    row_count bigint not null,
    run_id varchar not null, -- the freeze that made it: a retry finds its own rows and does nothing
    primary key (kind, month, version)
);
