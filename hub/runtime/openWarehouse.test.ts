import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '../../test/support/postgres';
import { mustBeShared, openWarehouse } from './openWarehouse';

describe('opening the warehouse that the config names', () => {
  let dataFolder: string;
  beforeAll(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'millrace-open-'));
  });
  afterAll(() => rmSync(dataFolder, { recursive: true }));
  const open = (warehouse?: string, limitMs?: number) =>
    openWarehouse({
      config: { memoryLimit: '200MB', ...(warehouse !== undefined && { warehouse }) },
      dataFolder,
      tell: () => undefined,
      ...(limitMs !== undefined && { limitMs }),
    });

  test('none named: DuckDB in the data folder', async () => {
    const warehouse = await open();
    expect(warehouse.dialect.engine).toBe('duckdb');
    await warehouse.close();
  });

  test('several processes that start at once over an empty Postgres bring it up together', async () => {
    const url = await testDatabase();
    const opened = await Promise.all([open(url), open(url), open(url)]);
    for (const warehouse of opened) {
      expect(warehouse.dialect.engine).toBe('postgres');
      expect(await warehouse.rows('select count(*) as runs from meta.run')).toEqual([{ runs: '0' }]);
      await warehouse.close();
    }
  });

  test('a wrong password is told at once, without it', async () => {
    const url = new URL(await testDatabase());
    url.password = 'not-the-password';
    const failure = await open(url.href, 60_000).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'warehouse_unusable', what: expect.stringContaining('refused') });
    expect(JSON.stringify(failure)).not.toContain('not-the-password');
  });

  test('a server that is not there is waited for, within bounds', async () => {
    await expect(open('postgres://m:secret@127.0.0.1:1/one', 1_200)).rejects.toMatchObject({
      code: 'network',
      where: 'Postgres at postgres://127.0.0.1:1/one',
    });
  });

  test('several processes are refused over DuckDB, with what to write', () => {
    expect(() => mustBeShared({}, 'worker')).toThrow(
      'millrace worker needs a Postgres warehouse: one process owns a DuckDB file',
    );
    expect(() => mustBeShared({ warehouse: 'postgres://m@db/one' }, 'worker')).not.toThrow();
  });
});
