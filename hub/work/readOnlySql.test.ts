import { DuckDbWarehouse } from '../../warehouse';
import { readOnlySql } from './readOnlySql';

describe('read-only SQL', () => {
  let warehouse: DuckDbWarehouse;
  beforeAll(async () => {
    warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
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
