-- Contracts over time: what a stream was checked by, which unknown fields became columns, how quarantined records ended.
alter table quarantine.record add column if not exists contract_version varchar;
-- The cursor of the bad record as text, where its cursor could be read: an older version must not be taken for a newer one.
alter table quarantine.record add column if not exists cursor_value varchar;
-- resolution is replayed, superseded or discarded; resolved_by a run or a person; note says why somebody discarded it.
alter table quarantine.record add column if not exists resolved_by varchar;
alter table quarantine.record add column if not exists note varchar;
-- The last replay that tried it: one that is taken up again after a crash does not count it twice.
alter table quarantine.record add column if not exists replay_id varchar;

create table meta.stream_contract (
    connection varchar not null,
    stream varchar not null,
    version varchar not null,
    fields json not null,
    first_seen_at timestamp not null,
    primary key (connection, stream, version)
);

-- Append-only: an unknown field that became a column of its raw table, and what became of its history.
create table meta.accepted_column (
    connection varchar not null,
    stream varchar not null,
    field varchar not null,
    column_name varchar not null,
    kind json not null,
    contract_version varchar not null,
    filled_rows bigint not null,
    unfit_rows bigint not null,
    accepted_at timestamp not null,
    accepted_by varchar not null,
    primary key (connection, stream, field)
);

-- Append-only: proposals that somebody turned down; the values stay in _extra.
create table meta.rejected_column (
    connection varchar not null,
    stream varchar not null,
    field varchar not null,
    rejected_at timestamp not null,
    rejected_by varchar not null,
    primary key (connection, stream, field)
);
