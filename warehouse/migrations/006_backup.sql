-- Copies of the warehouse that were made, and what a restored or upgraded one came from: doctor tells their age (H4).
create table meta.backup (
    backup_id varchar primary key,
    kind varchar not null, -- backup, restore, upgrade
    cause varchar not null, -- manual, schedule, upgrade
    folder varchar not null,
    started_at timestamp not null,
    ended_at timestamp not null,
    status varchar not null, -- done, failed
    table_count bigint not null,
    row_count bigint not null,
    bytes bigint not null,
    seconds double precision not null,
    error json
);
