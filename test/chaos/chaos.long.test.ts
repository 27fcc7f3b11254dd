import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startPostgres, type TestPostgres, testDatabase } from '../support/postgres';
import { leftFiles } from './invariants';
import { type Found, ordeal, type OrdealRequest, tally } from './ordeal';
import { Random } from './random';
import { Side, type SideOptions } from './side';
import { TemporalServer } from './temporalServer';

/** A10: at least 100 kills -9 at random points (hub.long.test.ts adds those of real hubs); README.md says how to repeat a seed. */
describe('a hundred kills', () => {
  const random = Random.fromEnvironment();
  const shared = process.env.MILLRACE_TEST_TEMPORAL ?? '';
  const bundle = process.env.MILLRACE_TEST_BUNDLE ?? '';
  const all: string[] = [];
  const closers: (() => Promise<void>)[] = [];
  let folder: string;
  let client: Client;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-chaos-'));
    client = await clientOf(shared);
  });
  afterEach(async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  });
  afterAll(async () => {
    console.log(`${all.length} kills, seed ${random.seed}\n${tally(all)}`);
    await client.connection.close();
    if (!process.env.MILLRACE_CHAOS_KEEP) rmSync(folder, { recursive: true, force: true });
    else console.log(`kept: ${folder}`);
  });

  async function clientOf(address: string): Promise<Client> {
    return new Client({ connection: await Connection.connect({ address }) });
  }
  function side(name: string, options: Partial<SideOptions> = {}): Side {
    const made = new Side({ client, temporal: shared, bundle, folder: join(folder, name), ...options });
    closers.push(() => made.close());
    return made;
  }
  async function suffer(request: Omit<OrdealRequest, 'random'>): Promise<void> {
    const found = await ordeal({ ...request, random });
    all.push(...request.killed.kills);
    expectAlike(found);
    const query = `TaskQueue = '${request.killed.taskQueue}' and ExecutionStatus = 'Running'`;
    expect(await client.workflow.count(query)).toMatchObject({ count: 0 });
  }
  function expectAlike({ killed, unkilled }: { killed: Found; unkilled: Found }): void {
    expect(killed).toEqual(unkilled);
    expect(killed.broken).toEqual([]);
    expect(Object.keys(killed.tables)).toContain('marts.open_receivable');
    expect(leftFiles(folder)).toEqual([]);
  }

  test(`seed ${random.seed}: 60 of an embedded worker over DuckDB`, async () => {
    await suffer({ killed: side('duckdb'), unkilled: side('duckdb-calm'), kills: 60 });
  }, 1_200_000);

  test('16 of the Temporal server and of a worker beside it', async () => {
    const temporal = new TemporalServer(join(folder, 'temporal'));
    await temporal.start();
    closers.push(() => temporal.close());
    const own = await clientOf(temporal.address);
    closers.push(() => own.connection.close());
    const killed = side('temporal-killed', {
      client: own,
      temporal: temporal.address,
      victims: { temporal },
    });
    const unkilled = side('temporal-calm');
    await suffer({ killed, unkilled, kills: 16, victims: ['temporal', 'temporal', 'worker'] });
  }, 1_200_000);

  describe('over Postgres', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    test('24 of the database server and of two workers that share the streams', async () => {
      const killed = side('postgres', {
        warehouse: await postgres.createDatabase(),
        workers: 2,
        victims: { postgres },
      });
      const unkilled = side('postgres-calm', { warehouse: await testDatabase(), workers: 1 });
      await suffer({ killed, unkilled, kills: 24, victims: ['worker', 'worker', 'postgres'] });
    }, 1_200_000);
  });

  test('which makes a hundred', () => {
    expect(all.length).toBeGreaterThanOrEqual(100);
  });
});
