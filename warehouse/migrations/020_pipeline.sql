-- When an opportunity counts as stalled (METRICS FUN-10), from millrace.yaml; without a row the defaults: 7 calendar days.
create table ops.stall_rule (
    days int not null,       -- stalled on the day on which more than so many have gone by
    counts varchar not null  -- calendar (holiday closures out) or workday
);
