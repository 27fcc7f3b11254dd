-- Paid answers of credit bureaus (A3). One row per question, from the moment it is booked: a second run does not ask what the first is
-- asking, and an answer that is younger than its refresh period is never bought again, although the process died before it was loaded.
create table ops.bureau_answer (
    connection varchar not null,
    service varchar not null,
    subject varchar not null,
    page int not null,
    run_id varchar not null,       -- who asks or asked
    asked_at timestamp not null,
    checked_at timestamp,          -- when its check began; null until the answer is there
    calls bigint not null,         -- booked for it
    body varchar,                  -- JSON, as it came; null until the answer is there
    primary key (connection, service, subject, page)
);

-- Calls that a run booked, for its own limit; a retry of the run goes on counting.
create table ops.bureau_run (
    run_id varchar not null,
    connection varchar not null,
    calls bigint not null,
    cost_cny decimal(18, 4) not null,
    primary key (run_id, connection)
);

-- What the config says about services and caps, for models: written when a run is planned and when it changed.
create table ops.bureau_service (
    connection varchar not null,
    service varchar not null,
    price_cny decimal(18, 4) not null,
    refresh_days int not null,
    primary key (connection, service)
);

create table ops.bureau_budget (
    connection varchar primary key,
    day_cny decimal(18, 2),
    month_cny decimal(18, 2),
    day_calls bigint,
    month_calls bigint
);
