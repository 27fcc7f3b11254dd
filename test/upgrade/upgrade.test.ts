import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PostgresWarehouse, projectFolder } from '../../warehouse';
import { migrations } from '../../warehouse/migrate';
import { until } from '../support/hubProcess';
import { testDatabase } from '../support/postgres';
import type { OpenArguments } from './openProcess';
import { type Engine, makeFirstVersion, openAt, rowsOfFirstVersion } from './firstVersion';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** This version's migrations and one more. */
function withOneMore(name: string, sql: string): string {
  const copy = join(folder, 'migrations');
  cpSync(join(projectFolder, 'warehouse', 'migrations'), copy, { recursive: true });
  writeFileSync(join(copy, name), sql);
  return copy;
}

describe.each<[Engine]>([['duckdb'], ['postgres']])('a %s warehouse of another version', (engine) => {
  let at: string;
  beforeEach(async () => {
    at = engine === 'duckdb' ? join(folder, 'warehouse.duckdb') : await testDatabase();
  });

  async function stateAt(mode: 'start' | 'upgrade' | 'none', migrationsFolder?: string) {
    const warehouse = await openAt(engine, at, { mode, ...(migrationsFolder && { migrationsFolder }) });
    try {
      return {
        rows: await rowsOfFirstVersion(warehouse),
        applied: await warehouse.rows('select name, text_hash from meta.migration order by name'),
        tables: (
          await warehouse.rows(
            "select table_name from information_schema.tables where table_schema = 'meta' order by 1",
          )
        ).map((row) => String(row.table_name)),
        state: await warehouse.streamState('erp', 'orders'),
      };
    } finally {
      await warehouse.close();
    }
  }

  test('the first version is migrated by opening it: every row stays, the cursor too', async () => {
    await makeFirstVersion(engine, at);
    const before = await stateAt('none');
    expect(Object.keys(before.rows)).toHaveLength(11);
    for (const rows of Object.values(before.rows)) expect(rows).not.toEqual([]);
    const after = await stateAt('start');
    expect(after.rows).toEqual(before.rows);
    expect(after.state).toEqual({ state: { cursor: '2026-01-05T00:00:00Z' }, batch: 3 });
    expect(after.applied).toEqual(migrations().map(({ name, hash }) => ({ name, text_hash: hash })));
    expect(after.tables).toContain('backup');
    expect((await stateAt('start')).applied).toEqual(after.applied);
  });

  test('a newer version is refused with what to do, and left as it is', async () => {
    const newer = withOneMore('990_later.sql', 'create table meta.later (id bigint);');
    await (await openAt(engine, at, { migrationsFolder: newer })).close();
    await expect(openAt(engine, at)).rejects.toMatchObject({
      code: 'warehouse_unusable',
      what: expect.stringContaining('newer version'),
      where: expect.stringContaining('990_later.sql'),
      todo: expect.stringContaining('restore'),
    });
    const warehouse = await openAt(engine, at, { migrationsFolder: newer });
    expect(await warehouse.rows('select count(*) as n from meta.later')).toEqual([{ n: '0' }]);
    await warehouse.close();
  });

  test('a migration that wants a backup first is refused at a start, names the command, and is applied by it', async () => {
    await makeFirstVersion(engine, at);
    const heavy = withOneMore(
      '990_heavy.sql',
      '-- upgrade: the keys of all orders are written anew\nupdate raw.erp__orders set _source_id = lower(_source_id);',
    );
    await expect(openAt(engine, at, { migrationsFolder: heavy })).rejects.toMatchObject({
      code: 'warehouse_unusable',
      what: expect.stringContaining('the keys of all orders are written anew'),
      todo: expect.stringContaining('npx millrace upgrade'),
    });
    const { applied } = await stateAt('none', heavy);
    expect(applied).toHaveLength(2); // nothing else was applied either
    const upgraded = await stateAt('upgrade', heavy);
    expect(upgraded.rows['raw.erp__orders']?.map((row) => row._source_id)).toEqual(['so-1', 'so-2']);
  });

  test('an empty warehouse needs no upgrade', async () => {
    const heavy = withOneMore(
      '990_heavy.sql',
      '-- upgrade: not for the empty\ncreate table meta.heavy (id bigint);',
    );
    const warehouse = await openAt(engine, at, { migrationsFolder: heavy });
    expect(await warehouse.rows('select count(*) as n from meta.heavy')).toEqual([{ n: '0' }]);
    await warehouse.close();
  });

  test('a migration that breaks in the middle leaves nothing, and the next start goes on with it', async () => {
    await makeFirstVersion(engine, at);
    const broken = withOneMore(
      '990_broken.sql',
      "create table meta.half (id bigint);\nupdate meta.run set status = 'gone';\ninsert into meta.half select cast('x' as bigint);",
    );
    const before = await stateAt('none');
    await expect(openAt(engine, at, { migrationsFolder: broken })).rejects.toThrow(
      /convert|invalid input syntax/i,
    );
    const after = await stateAt('none');
    expect(after.rows).toEqual(before.rows);
    expect(after.tables).not.toContain('half');
    expect(after.applied).toHaveLength(migrations().length); // those before it were whole
    writeFileSync(join(broken, '990_broken.sql'), 'create table meta.half (id bigint);');
    expect((await stateAt('start', broken)).tables).toContain('half');
  });
});

const ENDLESS =
  'insert into meta.half select count(*) from generate_series(1, 1000000) as one(n), generate_series(1, 1000000) as other(n)';

describe.each<[Engine]>([['duckdb'], ['postgres']])(
  'a process that is killed while it migrates %s',
  (engine) => {
    test('leaves every migration whole or not there, and the next start goes on', async () => {
      const at = engine === 'duckdb' ? join(folder, 'warehouse.duckdb') : await testDatabase();
      await makeFirstVersion(engine, at);
      const first = await rowsAt(engine, at);
      const reached = join(folder, 'reached.csv');
      const sign = engine === 'duckdb' ? `copy (select 1) to '${reached}';` : '';
      const endless = withOneMore(
        '990_endless.sql',
        `create table meta.half (id bigint); insert into meta.half values (1); update meta.run set status = 'gone'; ${sign} ${ENDLESS};`,
      );
      const opening: OpenArguments = [engine, at, endless];
      const child = fork(join(__dirname, 'openProcess.ts'), opening, {
        execArgv: ['-r', join(projectFolder, 'scripts', 'fromSources.js')],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await until('the endless statement', 50_000, async () => {
        if (child.exitCode !== null) throw new Error('the process ended by itself');
        return (engine === 'duckdb' ? existsSync(reached) : await runs(at, ENDLESS)) || undefined;
      });
      child.kill('SIGKILL');
      await ended;
      if (engine === 'postgres') await endBackends(at); // the server would count on
      const warehouse = await openAt(engine, at);
      const applied = await warehouse.rows('select name from meta.migration order by name');
      expect(applied.map(({ name }) => name)).toEqual(migrations().map(({ name }) => name));
      expect(
        await warehouse.rows("select * from information_schema.tables where table_name = 'half'"),
      ).toEqual([]);
      expect(await rowsOfFirstVersion(warehouse)).toEqual(first);
      await warehouse.close();
    }, 120_000);
  },
);

async function rowsAt(engine: Engine, at: string) {
  const warehouse = await openAt(engine, at, { mode: 'none' });
  try {
    return await rowsOfFirstVersion(warehouse);
  } finally {
    await warehouse.close();
  }
}

/** Postgres is at this statement. */
const runs = async (url: string, sql: string) =>
  (await ask(url, 'select query from pg_stat_activity where pid <> pg_backend_pid()')).some(({ query }) =>
    String(query).includes(sql),
  );

const endBackends = (url: string) =>
  ask(
    url,
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('processes that open a new Postgres warehouse at once migrate it once', async () => {
  const url = await testDatabase();
  const opened = await Promise.all([1, 2, 3].map(() => PostgresWarehouse.open({ url })));
  const [one] = opened;
  expect(await one?.rows('select count(*) as n from meta.migration')).toEqual([
    { n: String(migrations().length) },
  ]);
  await Promise.all(opened.map((warehouse) => warehouse.close()));
});

test('a file of a newer DuckDB is refused as such, not as damaged or locked', async () => {
  const file = join(folder, 'warehouse.duckdb');
  await (await openAt('duckdb', file)).close();
  writeFileSync(file, withStorageVersion(readFileSync(file), 99n));
  await expect(openAt('duckdb', file)).rejects.toMatchObject({
    code: 'warehouse_unusable',
    what: 'The warehouse file was written by a newer version of DuckDB',
    where: `file ${file}`,
  });
  const damaged = readFileSync(file);
  damaged.fill(7, 16, 64);
  writeFileSync(file, damaged);
  await expect(openAt('duckdb', file)).rejects.toMatchObject({ what: 'The warehouse file cannot be opened' });
});

/** The file's header says which storage it is of; a checksum over the header's 4 KB stands before it. */
function withStorageVersion(file: Buffer, version: bigint): Buffer {
  const changed = Buffer.from(file);
  changed.writeBigUInt64LE(version, 12);
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8)
    sum ^= BigInt.asUintN(64, changed.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  changed.writeBigUInt64LE(sum, 0);
  return changed;
}
