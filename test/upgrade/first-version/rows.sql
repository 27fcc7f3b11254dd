-- A warehouse as version 0.1.0 left it: its raw table, its state, a run, a quarantined record, an event, a frozen month.
create table raw.erp__orders (
    _source_id varchar not null, _connection varchar not null, _sync_id varchar not null, _extracted_at timestamp not null,
    _first_extracted_at timestamp not null, _row_hash varchar not null, _extra json, _deleted_at timestamp,
    order_no varchar, amount decimal(18, 2), order_date date
);
insert into raw.erp__orders values
    ('SO-1', 'erp', 's1', timestamp '2026-01-05 01:00:00', timestamp '2026-01-05 01:00:00', '0123456789abcdef0123456789abcdef', null, null, 'SO-1', 1234.50, date '2026-01-04'),
    ('SO-2', 'erp', 's1', timestamp '2026-01-05 01:00:00', timestamp '2026-01-05 01:00:00', 'fedcba9876543210fedcba9876543210', cast('{"x":1}' as json), timestamp '2026-01-06 01:00:00', 'SO-2', null, null);
insert into meta.stream_state values ('erp', 'orders', cast('{"cursor":"2026-01-05T00:00:00Z"}' as json), 3, timestamp '2026-01-05 01:00:01');
insert into meta.run values ('r1', 'sync', 'erp', 'schedule', timestamp '2026-01-05 01:00:00', timestamp '2026-01-05 01:00:02', 'done', null);
insert into meta.run_stream values ('r1', 'erp', 'orders', 3, 2, 0, 1, 0, 420, 1, timestamp '2026-01-05 01:00:00', timestamp '2026-01-05 01:00:02', 'done', null, 2, 'fececececececececececececece');
insert into meta.generation values (1, 'b1', date '2026-01-05', timestamp '2026-01-05 01:00:03', timestamp '2026-01-05 01:00:03', 'abc', 0.5);
insert into meta.model_run values (1, 'core.sales_order', 1, 0.1);
insert into meta.bureau_call values ('c1', 'qcc', 'ShixinCheck', '91330200MA2000001X', 0.6000, timestamp '2026-01-05 02:00:00');
insert into meta.unknown_field values ('erp', 'orders', 'x', timestamp '2026-01-05 01:00:00', timestamp '2026-01-05 01:00:00');
insert into quarantine.record values ('erp', 'orders', 'h1', 'SO-3', 'amount: no number', null, '{"order_no":"SO-3","amount":"?"}', timestamp '2026-01-05 01:00:00', timestamp '2026-01-05 01:00:00', 's1', null, null);
insert into ops.event values ('e1', 1, 'statement', 'u1', 'customer-1', cast('{"amount":"470000.00"}' as json), 'called them', timestamp '2026-01-05 03:00:00', null, 'hash-1');
insert into ops.frozen_month values ('forecast', '2025-12', 1, timestamp '2026-01-06 00:00:00', timestamp '2026-01-06 00:00:00', 12, 'r9');
