-- What millrace.yaml says about the company itself and models read: written by the hub when the file changes.
create table ops.calendar_override (
    day date primary key,
    is_workday boolean not null,
    reason varchar not null
);

create table ops.retention_rule (
    customer varchar primary key, -- id or name of the customer
    percent decimal(5, 2) not null,
    months int not null
);
