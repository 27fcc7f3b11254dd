-- What `funnel` in millrace.yaml says (METRICS 7.1): written by the hub when the file changes. Empty: everything as the CRM says.
create table ops.funnel_setting (
    name varchar primary key,       -- window_days, correction_minutes
    value int not null
);

-- One row per word that stands for a stage of a pipeline: its key or name in the CRM, and those that it had before.
create table ops.pipeline_stage (
    connection varchar not null,
    pipeline varchar not null,      -- the business line; '' for opportunities of all lines that have none of their own
    written_as varchar not null,    -- a stage's key or name in the CRM
    stage varchar not null,         -- what the stage is written as itself: the same for its former keys
    stage_order int not null,       -- place in the pipeline, 1 the first
    outcome varchar,                -- won or lost
    gate varchar,                   -- what must be there to leave it
    primary key (connection, pipeline, written_as)
);

-- How often a connection is asked: a move seen only by comparing two syncs lies within this before the time it was seen.
create table ops.sync_interval (
    connection varchar primary key,
    minutes int not null
);
