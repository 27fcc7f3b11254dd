-- Deletes, full refreshes and backfills: what was looked at, what stands half done, what a person has to confirm.

-- The key under which the rows of a raw table were loaded; another one in the contract needs a full refresh.
create table meta.stream_key (
    connection varchar not null,
    stream varchar not null,
    key_fields varchar not null,
    noted_at timestamp not null,
    primary key (connection, stream)
);

-- The last full refresh of a stream. loading: pages go into raw.<connection>__<stream>__refresh; waiting: complete, but it
-- would delete more than the brake lets through; swapped: its rows are the table's.
create table meta.refresh (
    connection varchar not null,
    stream varchar not null,
    run_id varchar not null,
    started_at timestamp not null,
    status varchar not null,
    shape varchar not null, -- key and column types that it was begun with
    known_rows bigint,
    missing_rows bigint,
    ended_at timestamp,
    primary key (connection, stream)
);

-- What a comparison with the vendor found: preview (only looked), stopped (by the brake), marked.
create table meta.delete_preview (
    run_id varchar not null,
    connection varchar not null,
    stream varchar not null,
    status varchar not null,
    listed_keys bigint not null,
    known_rows bigint not null,
    gone_rows bigint not null,
    deleted_rows bigint not null,
    revived_rows bigint not null,
    amount_cny decimal(18, 2),
    examples json not null,
    previewed_at timestamp not null,
    primary key (run_id, connection, stream)
);

-- The rows of a stream's last preview that is not acted upon: a confirmation reaches these and no others.
create table meta.delete_preview_row (
    connection varchar not null,
    stream varchar not null,
    source_id varchar not null
);

create table meta.backfill (
    backfill_id varchar primary key,
    connection varchar not null,
    from_date date not null,
    to_date date not null, -- the last day, included
    slice varchar not null,
    cause varchar not null,
    status varchar not null, -- running, paused, done, partial, failed, cancelled
    created_at timestamp not null,
    ended_at timestamp,
    error json
);

-- read_rows = loaded_rows + unchanged_rows + quarantined_rows. A slice is done when its rows are committed.
create table meta.backfill_slice (
    backfill_id varchar not null,
    stream varchar not null,
    slice_number bigint not null,
    from_date date not null,
    to_date date not null,
    status varchar not null, -- planned, running, done, failed, refused
    read_rows bigint not null,
    loaded_rows bigint not null,
    unchanged_rows bigint not null,
    quarantined_rows bigint not null,
    started_at timestamp,
    ended_at timestamp,
    error json,
    primary key (backfill_id, stream, slice_number)
);
