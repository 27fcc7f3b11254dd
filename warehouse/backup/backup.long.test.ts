import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '../../test/support/postgres';
import { DuckDbWarehouse } from '../duckdb/duckdbWarehouse';
import { PostgresWarehouse } from '../postgres/postgresWarehouse';
import type { Row, Warehouse } from '../warehouse';
import { backupWarehouse } from './backupWarehouse';
import { finishedBackups, keepNewest } from './backupFolders';
import { restoreWarehouse } from './restoreWarehouse';
import { verifyBackup } from './verifyBackup';

type Engine = 'duckdb' | 'postgres';
const CROSSINGS: [Engine, Engine][] = [
  ['duckdb', 'duckdb'],
  ['postgres', 'postgres'],
  ['duckdb', 'postgres'],
  ['postgres', 'duckdb'],
];

/** What CSV, Parquet or a driver could bend: NULL and empty, quotes, line ends, digits of money, ends of time. */
const ODD_ROWS = `
  select 1::bigint as id, ''::varchar as name, null::varchar as note, 0.10::decimal(18, 2) as amount, 0.1::double precision as rate,
    date '2024-02-29' as day, timestamp '2026-01-01 23:59:59.123456' as at, true as is_open, cast('{"b": 1.10, "a": null}' as json) as body, 7::int as lines
  union all select 2, null, '', -9999999999999999.99, 1e-300, date '0001-01-01', timestamp '1970-01-01 00:00:00', false, cast('[]' as json), -1
  union all select 3, ',"' || chr(10) || chr(13) || chr(9) || '\\N', 'NULL', 9999999999999999.99, 1.7976931348623157e308, date '9999-12-31', timestamp '9999-12-31 23:59:59.999999', null, cast('"x\\u4e2d"' as json), 2147483647
  union all select 9223372036854775807, '苏州精密轴承 😀', '  ', null, null, null, null, null, null, null
  union all select 4, '"', '""', 0.00, 0, null, null, null, cast('null' as json), 0
  union all select 4, '"', '""', 0.00, 0, null, null, null, cast('null' as json), 0`;

const folders: string[] = [];
const opened: Warehouse[] = [];

function folderFor(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `millrace-${what}-`));
  folders.push(folder);
  return folder;
}

async function open(engine: Engine, mode: 'start' | 'none'): Promise<Warehouse> {
  const migrations = { mode };
  const warehouse =
    engine === 'duckdb'
      ? await DuckDbWarehouse.open({ file: join(folderFor('warehouse'), 'warehouse.duckdb'), migrations })
      : await PostgresWarehouse.open({ url: await testDatabase(), migrations });
  opened.push(warehouse);
  return warehouse;
}

async function withOddRows(engine: Engine): Promise<Warehouse> {
  const warehouse = await open(engine, 'start');
  await warehouse.transaction(async (session) => {
    await session.run(`create table raw.odd__rows as ${ODD_ROWS}`);
    await session.run('create table core.nothing (id bigint not null, name varchar)');
    await session.run(`create table marts."Odd ""name""" as select id, amount from raw.odd__rows`);
    await session.run(
      `insert into meta.stream_state values ('erp', 'orders', cast('{"cursor":"2026-01-05"}' as json), 7, timestamp '2026-01-05 00:00:00')`,
    );
    await session.run(
      `insert into meta.run values ('r1', 'sync', 'erp', 'manual', timestamp '2026-01-05 00:00:00', null, 'running', null)`,
    );
    await session.run(
      `insert into meta.generation values (3, 'r0', date '2026-01-04', timestamp '2026-01-04 01:00:00', timestamp '2026-01-04 01:00:05', 'abc', 1.5)`,
    );
  });
  return warehouse;
}

const backupOf = (warehouse: Warehouse, folder = folderFor('backups'), place = 'here') =>
  backupWarehouse(warehouse, { folder, place, version: '0.1.0', cause: 'manual' });

afterEach(async () => {
  for (const warehouse of opened.splice(0)) await warehouse.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe.each(CROSSINGS)('a backup of %s restored into %s', (from, to) => {
  test('every table has the rows it had, to the digit, and the state is there', async () => {
    const original = await withOddRows(from);
    const { folder, manifest } = await backupOf(original);
    const restored = await open(to, 'none');
    const tables = await restoreWarehouse(restored, folder, await verifyBackup(folder), folderFor('work'));

    expect(tables.filter(({ isEqual }) => !isEqual)).toEqual([]);
    expect(tables).toHaveLength(manifest.tables.length);
    const odd = 'select * from raw.odd__rows order by id, note';
    const rows = await original.rows(odd);
    expect(rows).toHaveLength(6);
    expect(await restored.rows(odd)).toEqual(rows);
    expect(await restored.rows('select * from marts."Odd ""name""" order by id')).toEqual(
      await original.rows('select * from marts."Odd ""name""" order by id'),
    );
    expect(await restored.streamState('erp', 'orders')).toEqual({
      state: { cursor: '2026-01-05' },
      batch: 7,
    });
    expect(await restored.rows('select business_today() as day')).toEqual([{ day: '2026-01-04' }]);
    const [run] = await restored.rows("select status from meta.run where run_id = 'r1'");
    expect(run).toEqual({ status: 'failed' }); // it did not end where it was restored
    expect(await restored.rows('select name, applied_at from meta.migration order by name')).toEqual(
      await original.rows('select name, applied_at from meta.migration order by name'),
    );
  });
});

describe.each<[Engine]>([['duckdb'], ['postgres']])('a backup of %s while others write', (engine) => {
  test('holds one instant: sums agree that a writer changes together, and a table that a build swaps is whole', async () => {
    const warehouse = await open(engine, 'start');
    await warehouse.run('create table raw.left_side as select cast(0 as bigint) as n');
    await warehouse.run('create table ops.right_side as select cast(0 as bigint) as n');
    await warehouse.run(
      'create table core.swapped as select cast(0 as bigint) as n, cast(n as bigint) as id from generate_series(1, 5000) as numbers(n)',
    );
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      for (let n = 1; !isOver; n++, written++) {
        await warehouse.transaction(async (session) => {
          await session.run('update raw.left_side set n = cast(? as bigint)', [n]);
          await session.run(
            `create table core.swapped__next as select cast(${n} as bigint) as n, cast(n as bigint) as id from generate_series(1, 5000) as numbers(n)`,
          );
          await session.run('drop table core.swapped');
          await session.run('alter table core.swapped__next rename to swapped'); // as a build does it
          await session.run('update ops.right_side set n = cast(? as bigint)', [n]);
        });
      }
    })();
    const folder = folderFor('backups');
    const seen: Row[] = [];
    try {
      for (let round = 0; round < 3; round++) {
        const backup = await backupOf(warehouse, folder);
        const target = await open('duckdb', 'none');
        await restoreWarehouse(target, backup.folder, await verifyBackup(backup.folder), folderFor('work'));
        const [row] = await target.rows(
          'select (select n from raw.left_side) as left_n, (select n from ops.right_side) as right_n, min(n) as swapped_n, count(distinct n) as versions, count(*) as row_count from core.swapped',
        );
        if (row) seen.push(row);
      }
    } finally {
      isOver = true;
      await writing;
    }
    expect(written).toBeGreaterThan(0); // the writer was not stopped
    expect(seen).toHaveLength(3);
    for (const row of seen) {
      expect(row).toMatchObject({ versions: '1', row_count: '5000' });
      expect([row.right_n, row.swapped_n]).toEqual([row.left_n, row.left_n]);
    }
  });
});

describe('a backup that cannot be trusted is refused', () => {
  test('a changed byte, a shortened file, a missing file and a broken-off backup are named', async () => {
    const warehouse = await withOddRows('duckdb');
    const { folder, manifest } = await backupOf(warehouse);
    const file = join(folder, manifest.tables.find(({ name }) => name === 'odd__rows')?.file.path ?? '');
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed[100] = (changed[100] ?? 0) ^ 1;
    writeFileSync(file, changed);
    await expect(verifyBackup(folder)).rejects.toMatchObject({ code: 'backup_damaged', what: /SHA-256/ });
    truncateSync(file, 90);
    await expect(verifyBackup(folder)).rejects.toMatchObject({
      what: /90 bytes long/,
      where: `file ${file}`,
    });
    rmSync(file);
    await expect(verifyBackup(folder)).rejects.toMatchObject({ what: /missing/ });
    rmSync(join(folder, 'manifest.json'));
    await expect(verifyBackup(folder)).rejects.toMatchObject({ what: /no finished backup/ });
  });

  test('rows that are other ones than the manifest says restore nothing', async () => {
    const warehouse = await withOddRows('duckdb');
    const { folder, manifest } = await backupOf(warehouse);
    for (const table of manifest.tables) if (table.name === 'odd__rows') table.rowHash = 'f'.repeat(32);
    const target = await open('duckdb', 'none');
    await expect(restoreWarehouse(target, folder, manifest, folderFor('work'))).rejects.toMatchObject({
      code: 'backup_damaged',
      where: 'raw.odd__rows',
    });
    expect(await target.rows("select * from duckdb_tables() where table_name <> 'migration'")).toEqual([]);
  });
});

describe('backup folders', () => {
  test('what a killed backup left is no backup, and the next one removes it; another process keeps its own', async () => {
    const warehouse = await open('duckdb', 'start');
    const folder = folderFor('backups');
    const { folder: first } = await backupOf(warehouse, folder);
    const left = /\.partial-\w*\.\d+$/;
    const killed = `${first}.partial-${(await partialHost(folder, warehouse)) ?? ''}`;
    mkdirSync(killed.replace(/\.\d+$/, '.999999999'));
    mkdirSync(killed.replace(/\.\d+$/, `.${process.ppid}`)); // alive
    expect(finishedBackups(folder)).toEqual([first]);
    await backupOf(warehouse, folder);
    expect(readdirSync(folder).filter((name) => left.test(name))).toEqual([
      expect.stringContaining(`.${process.ppid}`),
    ]);
    expect(finishedBackups(folder)).toHaveLength(2);
  });

  test('only the newest are kept', async () => {
    const warehouse = await open('duckdb', 'start');
    const folder = folderFor('backups');
    const made: string[] = [];
    for (let number = 0; number < 3; number++) made.push((await backupOf(warehouse, folder)).folder);
    const { folder: foreign } = await backupOf(warehouse, folder, 'another hub');
    expect(keepNewest(folder, 'here', 2)).toEqual(made.slice(0, 1));
    expect(finishedBackups(folder)).toEqual([...made.slice(1), foreign]);
    expect(keepNewest(folder, 'here', 0)).toEqual(made.slice(1, 2)); // never the newest
  });

  test('a folder that cannot be made fails the backup and leaves the warehouse as it was', async () => {
    const warehouse = await withOddRows('duckdb');
    const file = join(folderFor('backups'), 'a-file');
    writeFileSync(file, '');
    await expect(backupOf(warehouse, join(file, 'backups'))).rejects.toMatchObject({ code: 'backup_failed' });
    expect(await warehouse.rows('select count(*) as n from raw.odd__rows')).toEqual([{ n: '6' }]);
  });
});

/** `<machine>.<process>` as this process writes it: seen in the folder while a backup runs. */
async function partialHost(folder: string, warehouse: Warehouse): Promise<string | undefined> {
  const running = backupOf(warehouse, folder);
  let found: string | undefined;
  while (!found) {
    found = readdirSync(folder)
      .map((name) => /\.partial-(\w*\.\d+)$/.exec(name)?.[1])
      .find(Boolean);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { folder: made } = await running;
  rmSync(made, { recursive: true });
  return found;
}
