-- What the hub's own forecast said on a day (METRICS 6): kept, so that it can be judged by what came.
create table ops.cash_forecast (
    origin_date date not null,
    model_version varchar not null,
    known_at timestamp not null, -- nothing learned later is in it
    computed_at timestamp not null,
    run_id varchar not null,
    paid_parts bigint not null, -- payments it learned from
    open_items bigint not null,
    open_cny decimal(18, 2) not null,
    primary key (origin_date, model_version)
);

create table ops.cash_forecast_item (
    origin_date date not null,
    model_version varchar not null,
    item_id varchar not null,
    customer_id varchar not null,
    region varchar not null, -- of the customer on the origin's day
    open_cny decimal(18, 2) not null,
    p10_date date,
    p50_date date,
    p90_date date,
    mean_date date,
    within_30 decimal(9, 8) not null, -- probability of payment within 30 days of the origin
    within_90 decimal(9, 8) not null,
    never decimal(9, 8) not null, -- not within 180 days
    due_baseline_date date not null, -- N1 of HUB-6
    mean_baseline_date date not null, -- N2
    primary key (origin_date, model_version, item_id)
);

create table ops.cash_forecast_period (
    origin_date date not null,
    model_version varchar not null,
    region varchar not null, -- '(all)': simulated together, not the sum of regions
    grain varchar not null, -- week, month
    period_start date not null,
    period_end date not null,
    p10_cny decimal(18, 2) not null,
    p50_cny decimal(18, 2) not null,
    p90_cny decimal(18, 2) not null,
    mean_cny decimal(18, 2) not null,
    primary key (origin_date, model_version, region, grain, period_start)
);
