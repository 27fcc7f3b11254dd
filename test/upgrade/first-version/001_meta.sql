-- Where streams stand, what ran, what was published, what stepped aside. Times are UTC.
create schema if not exists raw;
create schema if not exists quarantine;
create schema if not exists staging;
create schema if not exists seeds;
create schema if not exists core;
create schema if not exists marts;
create schema if not exists ops;

create table meta.stream_state (
    connection varchar not null,
    stream varchar not null,
    state json,
    batch bigint not null,
    updated_at timestamp not null,
    primary key (connection, stream)
);

-- One row per workflow run that people may ask about: a sync, a build, a freeze.
create table meta.run (
    run_id varchar primary key,
    kind varchar not null,
    connection varchar,
    cause varchar not null,
    started_at timestamp not null,
    ended_at timestamp,
    status varchar not null,
    error json
);

-- read_rows = loaded_rows + unchanged_rows + quarantined_rows (DAT-2).
create table meta.run_stream (
    run_id varchar not null,
    connection varchar not null,
    stream varchar not null,
    read_rows bigint not null,
    loaded_rows bigint not null,
    unchanged_rows bigint not null,
    quarantined_rows bigint not null,
    deleted_rows bigint not null,
    bytes bigint not null,
    batches bigint not null,
    started_at timestamp not null,
    ended_at timestamp,
    status varchar not null,
    error json,
    table_rows bigint,
    table_hash varchar,
    primary key (run_id, connection, stream)
);

create table meta.generation (
    generation bigint primary key,
    run_id varchar not null,
    as_of_date date not null,
    known_at timestamp not null,
    built_at timestamp not null,
    models_hash varchar not null, -- of all model files and the list of connections: another one means a full build
    seconds double precision not null
);

create table meta.model_run (
    generation bigint not null,
    model varchar not null,
    row_count bigint not null,
    seconds double precision not null,
    primary key (generation, model)
);

-- Paid calls to credit bureaus, booked before they are made.
create table meta.bureau_call (
    call_id varchar primary key,
    connection varchar not null,
    service varchar not null,
    subject varchar not null,
    price_cny decimal(18, 4) not null,
    called_at timestamp not null
);

create table quarantine.record (
    connection varchar not null,
    stream varchar not null,
    record_hash varchar not null,
    source_id varchar,
    reasons varchar not null,
    amount_cny decimal(18, 2),
    raw varchar not null,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    sync_id varchar not null,
    resolved_at timestamp,
    resolution varchar,
    primary key (connection, stream, record_hash)
);

-- Fields that a vendor sends and a contract does not name: kept in _extra, proposed to whoever owns the contract (A8).
create table meta.unknown_field (
    connection varchar not null,
    stream varchar not null,
    field varchar not null,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    primary key (connection, stream, field)
);
