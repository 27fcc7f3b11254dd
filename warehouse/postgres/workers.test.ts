import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startPostgres, testDatabase, type TestPostgres } from '../../test/support/postgres';
import { defineStream, money } from '../../connectors/kit';
import type { Batch } from '../warehouse';
import { PostgresWarehouse } from './postgresWarehouse';

const bills = defineStream({
  name: 'bills',
  vendorName: 'Bill',
  key: ['id'],
  contract: z.object({ id: z.string(), amount: money() }),
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-workers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A batch of these bills, as the one after `after`. */
function batchOf(after: number, ids: readonly string[], amount = '1.00'): Batch {
  const file = join(folder, `${after}-${ids.join('-')}-${amount}.ndjson`);
  writeFileSync(file, ids.map((id) => `${JSON.stringify({ id, amount })}\n`).join(''));
  return {
    connection: 'erp',
    stream: bills,
    syncId: 'run',
    file,
    read: ids.length,
    bytes: 1,
    state: { after },
    after,
  };
}

describe('several workers over one Postgres', () => {
  let one: PostgresWarehouse;
  let other: PostgresWarehouse;
  beforeAll(async () => {
    const url = await testDatabase();
    [one, other] = await Promise.all([PostgresWarehouse.open({ url }), PostgresWarehouse.open({ url })]);
    await Promise.all([one.prepareStream('erp', bills), other.prepareStream('erp', bills)]);
  });
  afterAll(async () => {
    await one.close();
    await other.close();
  });

  test('of two that commit the same batch, one is refused and leaves nothing', async () => {
    const results = await Promise.allSettled([
      one.loadBatch(batchOf(0, ['a', 'b'], '1.00')),
      other.loadBatch(batchOf(0, ['a', 'b', 'c'], '2.00')),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((result) => result.status === 'rejected');
    expect(String(lost?.reason)).toMatch(/already committed by another worker/);
    const amounts = await one.rows('select distinct amount from raw.erp__bills');
    expect(amounts).toEqual([{ amount: results[0].status === 'fulfilled' ? '1.00' : '2.00' }]);
    expect(await other.streamState('erp', 'bills')).toEqual({ state: { after: 0 }, batch: 1 });
  });

  test('a batch after the other one finds its rows: changed ones are written, equal ones counted as unchanged', async () => {
    await one.loadBatch(batchOf(1, ['a', 'b', 'c', 'd'], '5.00'));
    expect(await other.loadBatch(batchOf(2, ['a', 'e'], '5.00'))).toEqual({
      read: 2,
      loaded: 1,
      unchanged: 1,
      quarantined: 0,
    });
    expect(await one.rows('select count(*) as n, sum(amount) as amount from raw.erp__bills')).toEqual([
      { n: '5', amount: '25.00' },
    ]);
  });
});

describe('a server that is killed', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test('ends what runs with an error that is retried; afterwards what was committed is there and nothing else', async () => {
    const warehouse = await PostgresWarehouse.open({ url: await server.createDatabase() });
    await warehouse.prepareStream('erp', bills);
    await warehouse.loadBatch(batchOf(0, ['a', 'b']));
    const half = warehouse.transaction(async (session) => {
      await session.run("delete from raw.erp__bills where _source_id = 'a'");
      await server.kill();
      await session.run('select 1');
    });
    await expect(half).rejects.toMatchObject({ code: 'warehouse_lost', actor: 'retry' });
    await expect(warehouse.rows('select 1 as n')).rejects.toMatchObject({ code: 'warehouse_lost' });
    await server.start();
    expect(await warehouse.rows('select count(*) as n from raw.erp__bills')).toEqual([{ n: '2' }]);
    expect(await warehouse.loadBatch(batchOf(1, ['c']))).toMatchObject({ loaded: 1 });
    await warehouse.close();
  });
});
