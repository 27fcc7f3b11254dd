import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { testDatabase } from '../../test/support/postgres';
import { DuckDbWarehouse } from '../duckdb/duckdbWarehouse';
import { PostgresWarehouse } from './postgresWarehouse';

let url: string;
let warehouse: PostgresWarehouse;
beforeAll(async () => {
  url = await testDatabase();
  warehouse = await PostgresWarehouse.open({ url });
});
afterAll(async () => warehouse.close());

describe('rows look as they do in DuckDB', () => {
  const sql = `select 1 as int4, cast(9007199254740993 as bigint) as int8, cast(1.5 as decimal(18, 2)) as decimal, 0.1 + 0.2 as sum,
      cast(1.5 as double precision) as double, true as flag, cast('2026-01-05' as date) as day,
      cast('2026-01-05 08:00:00.5' as timestamp) as instant, cast('2026-01-05 08:00:00' as timestamp) as whole,
      cast('2026-01-05 08:00:00+08' as timestamptz) as zoned,
      cast('{"a": 1.10}' as json) as document, 'é' as text, cast(null as varchar) as nothing, cast(? as varchar) as given`;
  test('value by value', async () => {
    const duckDb = await DuckDbWarehouse.open({ file: ':memory:' });
    const [expected] = await duckDb.rows(sql, ["it's ?"]);
    expect((await warehouse.rows(sql, ["it's ?"]))[0]).toEqual(expected);
    await duckDb.close();
  });
});

describe('helper functions', () => {
  test('capitals of every character of every script', async () => {
    const duckDb = await DuckDbWarehouse.open({ file: ':memory:' });
    const columns =
      "string_agg(normal_name('x' || chr(cast(code as int)) || '（Ａ b）'), ',' order by code) as names";
    const codes = 'generate_series(1, 65535) as codes(code) where code not between 55296 and 57343';
    const [expected] = await duckDb.rows(`select ${columns} from ${codes}`);
    const [found] = await warehouse.rows(`select ${columns} from ${codes}`);
    expect(found?.names).toBe(expected?.names);
    await duckDb.close();
  });

  test.each([
    "business_date(cast('2026-01-31 16:00:00' as timestamp))",
    "month_start(cast('2026-02-28' as date))",
    "month_end(cast('2028-02-01' as date))",
    "month_text(cast('2026-02-28' as date))",
    `json_text(cast('{"a":{"b":"1.10"},"c":null}' as json), 'a')`,
    `json_text(cast('{"a": "x", "c": null}' as json), 'c')`,
    `json_first(cast('["x", 2]' as json))`,
    `json_first(cast('{"a": 1}' as json))`,
  ])('%s', async (expression) => {
    const duckDb = await DuckDbWarehouse.open({ file: ':memory:' });
    expect(await warehouse.rows(`select ${expression} as value`)).toEqual(
      await duckDb.rows(`select ${expression} as value`),
    );
    await duckDb.close();
  });
});

test('what a killed process left in the work folder is removed, what a running one has is not', async () => {
  const workFolder = mkdtempSync(join(tmpdir(), 'millrace-work-'));
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  const left = join(workFolder, `millrace-check-${hostname()}-${ended}-abc`);
  const running = join(workFolder, `millrace-check-${hostname()}-${process.ppid}-abc`);
  mkdirSync(left);
  mkdirSync(running);
  const opened = await PostgresWarehouse.open({ url, workFolder });
  expect([existsSync(left), existsSync(running)]).toEqual([false, true]);
  await opened.close();
  expect(readdirSync(workFolder)).toEqual([basename(running)]);
  rmSync(workFolder, { recursive: true });
});

describe('transactions', () => {
  test('an error rolls back, and what two writers do at once is both kept', async () => {
    await warehouse.run('create table core.counter (n bigint not null)');
    await warehouse.run('insert into core.counter values (0)');
    await expect(
      warehouse.transaction(async (session) => {
        await session.run('update core.counter set n = 100');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    const add = () =>
      warehouse.transaction(
        async (session) => {
          const [row] = await session.rows('select n from core.counter');
          await session.run('update core.counter set n = ?', [Number(row?.n) + 1]);
        },
        { turn: 'test' },
      );
    await Promise.all(Array.from({ length: 6 }, add));
    expect(await warehouse.rows('select n from core.counter')).toEqual([{ n: '6' }]);
  });

  test('a transaction that gave way in a deadlock is run again', async () => {
    await warehouse.run('create table core.pair (id int primary key, n int not null)');
    await warehouse.run('insert into core.pair values (1, 0), (2, 0)');
    let arrived = 0;
    const bump = (first: number, second: number) =>
      warehouse.transaction(async (session) => {
        await session.run('update core.pair set n = n + 1 where id = ?', [first]);
        arrived++;
        while (arrived < 2) await new Promise((resolve) => setTimeout(resolve, 10));
        await session.run('update core.pair set n = n + 1 where id = ?', [second]);
      });
    await Promise.all([bump(1, 2), bump(2, 1)]);
    expect(await warehouse.rows('select sum(n) as n from core.pair')).toEqual([{ n: '4' }]);
    expect(arrived).toBeGreaterThanOrEqual(3); // they may meet again
  });

  test('a reader that gave way to a swap of two tables reads again', async () => {
    await warehouse.run(
      'create table core.left_one as select 1 as n; create table core.right_one as select 2 as n',
    );
    let hasFirst: () => void = () => undefined;
    const first = new Promise<void>((resolve) => void (hasFirst = resolve));
    const swap = warehouse.transaction(async (session) => {
      await session.run("set local deadlock_timeout = '20s'"); // the reader looks first, and gives way
      await session.run('lock table core.right_one in access exclusive mode');
      hasFirst();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await session.run('drop table core.left_one');
      await session.run('create table core.left_one as select 10 as n');
    });
    await first;
    const read = warehouse.rows(
      'select left_one.n + right_one.n as n from core.left_one cross join core.right_one',
    );
    await swap;
    expect(await read).toEqual([{ n: 12 }]);
  });
});

describe('a server that will not do says what to do, without the password', () => {
  const opened = (change: (address: URL) => void) => {
    const address = new URL(url);
    change(address);
    return PostgresWarehouse.open({ url: address.toString() }).then(
      () => 'opened',
      (error: Error & { describe(): string }) => error.describe(),
    );
  };

  test('a wrong password', async () => {
    const text = await opened((address) => void (address.password = 'not-the-secret'));
    expect(text).toMatch(/refused the user or the password \(warehouse_unusable\)[^]*do {5}Check the user/);
    expect(text).not.toContain('not-the-secret');
  });

  test('no server', async () => {
    expect(await opened((address) => void (address.port = '1'))).toMatch(
      /ECONNREFUSED[^]*Check that it runs/,
    );
  });

  test('no database', async () => {
    expect(await opened((address) => void (address.pathname = '/nowhere'))).toMatch(
      /create database millrace/,
    );
  });

  test('another order of text', async () => {
    const name = `${new URL(url).pathname.slice(1)}_sorted`;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      `create database ${name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'`,
    );
    await client.end();
    expect(await opened((address) => void (address.pathname = `/${name}`))).toMatch(
      /collation en-US; the warehouse needs UTF8 and C/,
    );
  });
});
