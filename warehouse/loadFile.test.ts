import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { businessDate, defineStream, flag, json, localTime, money, utcTime } from '../connectors/kit';
import { engines } from '../test/support/engines';
import { testDatabase } from '../test/support/postgres';
import { DuckDbWarehouse } from './duckdb/duckdbWarehouse';
import { loadFile } from './loadFile';
import { loadTable } from './loadTable';
import type { Warehouse } from './warehouse';

const payments = defineStream({
  name: 'payments',
  vendorName: 'payments',
  key: ['id'],
  cursor: { field: 'changed', tie: 'id', overlap: '5 minutes' },
  contract: z.object({
    id: z.string(),
    payer: z.string().nullable(),
    amount: money(),
    paid: businessDate(),
    is_final: flag().nullable(),
    changed: localTime('Asia/Shanghai'),
    booked: utcTime().nullable(),
    tags: json().nullable(),
  }),
});

let folder: string;
let warehouse: Warehouse;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-file-'));
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

const expected = [
  {
    id: '1',
    payer: '苏州, "恒力"',
    amount: '9007199254740993.13',
    changed: '2026-01-05 00:00:00',
    is_final: true,
  },
  { id: '2', payer: null, amount: '7.50', changed: '2026-01-06 00:00:00', is_final: false },
];

describe.each(engines)('files into $name', (engine) => {
  beforeEach(async () => {
    warehouse = await engine.open();
    await warehouse.run(
      "insert into meta.run_stream values ('run', 'bank', 'payments', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)",
    );
  });

  test('CSV: typed, checked and merged; a bad line steps aside as a record; a column of its own is kept', async () => {
    const file = write(
      'payments.csv',
      `id,payer,amount,paid,is_final,changed,booked,tags,本
1,"苏州, ""恒力""",9007199254740993.13,2026-01-05,true,2026-01-05 08:00:00,2026-01-05T08:00:00+08:00,"[""a""]",x
2,,7.5,2026-01-06,false,2026-01-06 08:00:00,,,
3,x,"1,200.00",2026-01-06,,2026-01-06 08:00:00,,,y
`,
    );
    expect(await load(file, 'csv')).toMatchObject({ read: 3, loaded: 2, unchanged: 0, quarantined: 1 });
    expect(await stored()).toEqual(expected);
    const [bad] = await warehouse.rows('select source_id, reasons, raw from quarantine.record');
    expect(bad).toMatchObject({ source_id: '3', reasons: 'amount: not an amount with at most two decimals' });
    expect(JSON.parse(String(bad?.raw))).toMatchObject({ id: '3', amount: '1,200.00', 本: 'y' });
    const [extra] = await warehouse.rows("select _extra from raw.bank__payments where id = '1'");
    expect(JSON.parse(String(extra?._extra))).toEqual({ 本: 'x' });
    expect(await load(file, 'csv')).toMatchObject({ read: 3, loaded: 0, unchanged: 2, quarantined: 1 });
  });

  test('NDJSON: digits stay as they are, the last line may lack its end', async () => {
    const lines = [
      '{"id":1,"payer":"苏州, \\"恒力\\"","amount":9007199254740993.13,"paid":"2026-01-05","is_final":true,"changed":"2026-01-05T08:00:00"}',
      '{"id": 2, "amount": 7.5, "paid": "2026-01-06", "is_final": 0, "changed": "2026-01-06 08:00:00", "tags": {"n": 1.10}}',
    ];
    const file = write('payments.ndjson', lines.join('\n'));
    expect(await load(file, 'ndjson')).toMatchObject({ read: 2, loaded: 2 });
    expect(await stored()).toEqual(expected);
    const [tags] = await warehouse.rows("select tags from raw.bank__payments where id = '2'");
    expect(JSON.parse(String(tags?.tags))).toEqual({ n: '1.10' });
    expect(readdirSync(folder)).toEqual(['payments.ndjson']);
  });

  test('Parquet: what the columns hold, whatever their types', async () => {
    const file = join(folder, 'payments.parquet');
    const writer = await DuckDbWarehouse.open({ file: ':memory:' });
    await writer.run(`copy (select 1 as id, '苏州, "恒力"' as payer, 9007199254740993.13::decimal(18, 2) as amount, date '2026-01-05' as paid,
        true as is_final, timestamp '2026-01-05 08:00:00' as changed, ['a'] as tags
      union all select 2, null, 7.5, date '2026-01-06', false, timestamp '2026-01-06 08:00:00', null) to '${file}' (format parquet)`);
    await writer.close();
    expect(await load(file, 'parquet')).toMatchObject({ read: 2, loaded: 2, quarantined: 0 });
    expect(await stored()).toEqual(expected);
    const [tags] = await warehouse.rows("select tags, booked from raw.bank__payments where id = '1'");
    expect({ ...tags, tags: JSON.parse(String(tags?.tags)) as unknown }).toEqual({
      tags: ['a'],
      booked: null,
    });
  });

  test('a table of another Postgres: by COPY, its types as text, nothing left behind', async () => {
    const url = await testDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`create table "付款" (id int, payer text, amount numeric, paid date, is_final boolean, changed timestamp, booked timestamptz, tags jsonb, secret text);
      insert into "付款" values (1, '苏州, "恒力"', 9007199254740993.13, '2026-01-05', true, '2026-01-05 08:00:00', '2026-01-05 08:00:00+08', '["a"]', 'x'),
        (2, null, 7.5, '2026-01-06', false, '2026-01-06 08:00:00', null, null, 'y')`);
    await client.end();
    const request = { connection: 'bank', stream: payments, syncId: 'run', spoolFolder: folder, url };
    expect(await loadTable(warehouse, { ...request, table: '"付款"' })).toMatchObject({ read: 2, loaded: 2 });
    expect(await stored()).toEqual(expected);
    expect(await warehouse.rows("select booked, _extra from raw.bank__payments where id = '1'")).toEqual([
      { booked: '2026-01-05 00:00:00', _extra: null },
    ]);
    expect(readdirSync(folder)).toEqual([]);
    await expect(loadTable(warehouse, { ...request, table: 'nowhere' })).rejects.toThrow(
      /"nowhere" does not exist/,
    );
  });
});

test('a file that is not there is named', async () => {
  warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  await expect(load(join(folder, 'gone.csv'), 'csv')).rejects.toMatchObject({ code: 'file_unreadable' });
});

const load = (file: string, format: 'csv' | 'ndjson' | 'parquet') =>
  loadFile(warehouse, {
    connection: 'bank',
    stream: payments,
    syncId: 'run',
    spoolFolder: folder,
    file,
    format,
  });

const stored = () =>
  warehouse.rows('select id, payer, amount, changed, is_final from raw.bank__payments order by id');

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
