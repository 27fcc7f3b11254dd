-- What models are, what they read, how they were built and tested.
-- known_at: a build of a model has seen every change recorded before it; sql_hash: of its text then.
create table meta.model (
    model varchar primary key,
    layer varchar not null,
    what varchar not null,
    grain varchar not null,
    key_columns varchar not null, -- separated by commas
    sql_hash varchar not null,
    generation bigint not null,
    known_at timestamp not null
);

-- Who reads what: model → model, model → staging entity, staging entity → connection.stream (kind stream).
create table meta.model_source (
    model varchar not null,
    source varchar not null,
    kind varchar not null, -- model, staging, seed, stream, table
    primary key (model, source)
);

-- How a model of a generation was built: full or incremental; changed_keys counts what an incremental one computed anew.
alter table meta.model_run add column if not exists method varchar;
alter table meta.model_run add column if not exists reason varchar;
alter table meta.model_run add column if not exists changed_keys bigint;

-- Tests of one build; generation is null where the build was stopped. sample holds the first offending rows.
create table meta.model_test_run (
    run_id varchar not null,
    generation bigint,
    test varchar not null,
    model varchar,
    kind varchar not null, -- key, required, reference, accepted, identity
    returned_rows bigint not null,
    seconds double precision not null,
    sample json,
    tested_at timestamp not null
);
