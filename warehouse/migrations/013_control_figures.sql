-- What a source's own report or ledger says (A12, DAT-4): one row per figure of an imported file. A later import of the same entity,
-- month, measure and level replaces the earlier one for the models; nothing is removed.
create table ops.control_figure (
    import_id varchar not null,     -- SHA-256 of the file's bytes: the same file twice is one import
    file_row bigint not null,       -- line of the file, counted from 1
    file_name varchar not null,
    entity varchar not null,        -- the connection whose books these are
    month varchar not null,         -- YYYY-MM
    measure varchar not null,       -- receivables, bills, prepayments, retention, billed, receipts or orders
    level varchar not null,         -- total, customer or document
    customer varchar,               -- number or name, as the file says it
    document_number varchar,
    amount_cny decimal(18, 2) not null,
    document_count bigint,
    closed_date date,               -- the day on which the ledger of that month was closed
    imported_at timestamp not null,
    imported_by varchar not null,
    primary key (import_id, file_row)
);
