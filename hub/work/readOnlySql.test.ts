import { engines } from '../../test/cube/cubeOver';
import { testDatabase } from '../../test/support/postgres';
import { PostgresWarehouse, type Warehouse } from '../../warehouse';
import { readOnlySql } from './readOnlySql';

describe.each(engines)('read-only SQL over $engine', ({ open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  test('one SELECT gives its rows, decimals exact', async () => {
    expect(
      await readOnlySql(warehouse, "with a as (select 1.10::decimal(18,2) as x) select x, 'ü;' as t from a;"),
    ).toEqual([{ x: '1.10', t: 'ü;' }]);
  });

  test.each`
    what                      | sql
    ${'a write'}              | ${'delete from meta.run'}
    ${'two statements'}       | ${'select 1; select 2'}
    ${'a write behind one'}   | ${'select 1; drop table meta.run'}
    ${'a file function'}      | ${"select * from read_text('/etc/passwd')"}
    ${'a file as a table'}    | ${"select * from '/etc/passwd.csv'"}
    ${'a file in a subquery'} | ${"select (select count(*) from glob('/*'))"}
    ${'an attachment'}        | ${"attach '/tmp/x.duckdb'"}
    ${'a copy'}               | ${"copy (select 1) to '/tmp/x.csv'"}
    ${'a setting'}            | ${'set threads = 1'}
  `('$what is refused', async ({ sql }: { sql: string }) => {
    await expect(readOnlySql(warehouse, sql)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('a mistake is told in the words of the engine', async () => {
    await expect(readOnlySql(warehouse, 'select nothing from meta.run')).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('read-only SQL over Postgres', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await PostgresWarehouse.open({ url: await testDatabase() });
    await warehouse.run('create table meta.kept (n int)');
    await warehouse.run(
      "create function meta.writes() returns int language sql as 'insert into meta.kept values (1) returning n'",
    );
    await warehouse.run(
      "create function meta.hides() returns int language sql stable as 'select meta.writes()'",
    );
  });
  afterAll(() => warehouse.close());

  test.each`
    what                      | sql
    ${'a file of the server'} | ${"select pg_read_file('postgresql.conf')"}
    ${'a folder'}             | ${"select * from pg_ls_dir('.')"}
    ${'another session'}      | ${'select pg_terminate_backend(1)'}
    ${'a setting'}            | ${"select set_config('transaction_read_only', 'off', true)"}
    ${'passwords of users'}   | ${'select * from pg_authid'}
    ${'the same, qualified'}  | ${'select * from pg_catalog.pg_authid'}
    ${'a function that acts'} | ${'select pg_sleep(1)'}
    ${'a hidden name'}        | ${`select U&"\\0070g_read_file"('x')`}
    ${'a declared action'}    | ${'select meta.writes()'}
    ${'SQL in a text'}        | ${"select query_to_xml('select 1', true, true, '')"}
  `('$what is refused', async ({ sql }: { sql: string }) => {
    await expect(readOnlySql(warehouse, sql)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('a function that hides a write is stopped by the transaction', async () => {
    await expect(readOnlySql(warehouse, 'select meta.hides()')).rejects.toThrow(/read-only transaction/);
    expect(await warehouse.rows('select * from meta.kept')).toEqual([]);
  });

  test('a question mark in a text stays one', async () => {
    expect(await readOnlySql(warehouse, "select 'why?' as t")).toEqual([{ t: 'why?' }]);
  });
});
