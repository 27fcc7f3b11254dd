import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { leftFiles } from './invariants';
import { ordeal, tally } from './ordeal';
import { Random } from './random';
import { Side } from './side';

const KILLS = 10;

/** A10 in short: the long suite kills a hundred times, and hubs and servers too. */
describe('an embedded worker that is killed', () => {
  const random = Random.fromEnvironment();
  const temporal = process.env.MILLRACE_TEST_TEMPORAL ?? '';
  const bundle = process.env.MILLRACE_TEST_BUNDLE ?? '';
  let folder: string;
  let connection: Connection;
  let client: Client;
  let killed: Side;
  let unkilled: Side;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-chaos-'));
    connection = await Connection.connect({ address: temporal });
    client = new Client({ connection });
    killed = new Side({ client, temporal, bundle, folder: join(folder, 'killed') });
    unkilled = new Side({ client, temporal, bundle, folder: join(folder, 'unkilled') });
  });
  afterAll(async () => {
    await killed.close();
    await unkilled.close();
    await connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test(`${KILLS} times (seed ${random.seed}) leaves what one leaves that is never killed`, async () => {
    const found = await ordeal({ killed, unkilled, random, kills: KILLS });
    console.log(`${killed.kills.length} kills, seed ${random.seed}\n${tally(killed.kills)}`);
    expect(killed.kills).toHaveLength(KILLS);
    expect(found.killed).toEqual(found.unkilled);
    expect(found.killed.broken).toEqual([]);
    expect(Object.keys(found.killed.tables)).toContain('marts.open_receivable');
    expect(leftFiles(folder)).toEqual([]);
    const query = `TaskQueue = '${killed.taskQueue}' and ExecutionStatus = 'Running'`;
    expect(await client.workflow.count(query)).toMatchObject({ count: 0 });
  }, 400_000);
});
