-- Tables of ours that models read beside raw ones (ops.event, forecasts): how often each was written, and what each generation
-- had seen of it. So a build knows whose models are stale without trusting a clock.
create table meta.written_table (
    table_name varchar primary key,
    writes bigint not null
);

create table meta.generation_input (
    generation bigint not null,
    table_name varchar not null,
    writes bigint not null,
    primary key (generation, table_name)
);

create index event_subject on ops.event (subject);
