import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Client as PgClient } from 'pg';
import { type RunningDemo, startDemo } from '../demo';
import { today } from '../hub/setup/day';
import { millrace, startHubProcess, until, untilReady, type HubProcess } from './support/hubProcess';
import { type MillraceProcess, startMillrace } from './support/millraceProcess';
import { testDatabase } from './support/postgres';

/** Per stream the latest hash; two streams carry the time of their reading by nature. */
const HASHES = `select connection, stream, table_rows, table_hash from (
    select connection, stream, table_rows, table_hash,
      row_number() over (partition by connection, stream order by ended_at desc) as place
    from meta.run_stream where status = 'done' and stream not in ('files', 'statements', 'answers')
  ) as latest where place = 1 order by connection, stream`;

const UNBALANCED =
  'select count(*) as bad from meta.run_stream where read_rows <> loaded_rows + unchanged_rows + quarantined_rows';

const QUERIES = [
  { measures: ['collections.amount'], dimensions: ['collections.month'] },
  {
    measures: ['receivables.gross', 'receivables.net', 'receivables.overdue'],
    dimensions: ['receivables.region'],
  },
  { measures: ['funnel.entered', 'funnel.advanced'], dimensions: ['funnel.stage_name'] },
  { measures: ['customer_health.red', 'customer_health.green'] },
];

/** H1: a server and two workers over a Temporal namespace and a Postgres database, all of them processes of their own. */
describe('millrace server with two millrace workers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-scaleout-'));
  const config = join(folder, 'millrace.yaml');
  const namespace = `scaleout-${randomUUID()}`;
  const address = process.env.MILLRACE_TEST_TEMPORAL ?? '';
  const env: Record<string, string> = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const started: MillraceProcess[] = [];
  let demo: RunningDemo;
  let hub: HubProcess | undefined;

  beforeAll(async () => {
    demo = await startDemo({ folder: join(folder, 'demo'), today: today(), seed: 1, live: false });
    writeFileSync(config, configOf(demo));
    env.MILLRACE_WAREHOUSE = 'postgres://${SCALEOUT_USER}:${SCALEOUT_PASSWORD}@' + (await ownDatabase(env));
  }, 180_000);
  afterAll(async () => {
    await hub?.stop();
    for (const one of started) await one.kill();
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const start = async (command: string, name: string) => {
    const data = join(folder, name);
    const process = await startMillrace([command, '--config', config, '--data', data], env);
    started.push(process);
    return process;
  };

  test('share the streams; one worker is killed, the other finishes, and all is as in one process over DuckDB', async () => {
    const server = await start('server', 'server');
    await until(
      'a server that waits for workers',
      60_000,
      async () =>
        JSON.stringify(await server.health()).includes('"en":"a worker that asks for work"') || undefined,
    );
    const [first, second] = [await start('worker', 'first'), await start('worker', 'second')];
    const connection = await Connection.connect({ address });
    const client = new Client({ connection, namespace });

    await until('both workers having done a stream, and the first one busy', 400_000, async () => {
      if ((await server.health()).status === 'ready')
        throw new Error('the sync ended before a worker was killed');
      const done = await streamsDoneBy(client);
      const isShared = [first, second].every(({ pid }) => done.includes(identity(pid)));
      return (isShared && Number((await first.health()).inFlight) > 0) || undefined;
    });
    await first.kill();

    await until('the server being ready', 900_000, async () => {
      const { status, message } = await server.health();
      if (status === 'failed') throw new Error(`${String(message)}\n${server.output()}\n${second.output()}`);
      return status === 'ready' || undefined;
    });
    await connection.close();

    hub = await startHubProcess(join(folder, 'one'), {
      config,
      env: { TEMPORAL_ADDRESS: '', MILLRACE_WAREHOUSE: '' },
    });
    await untilReady(hub);

    const [cluster, one] = [join(folder, 'server'), join(folder, 'one')];
    const hashes = await millrace<unknown[]>(one, 'sql', HASHES);
    expect(hashes.length).toBeGreaterThan(15);
    expect(await millrace(cluster, 'sql', HASHES)).toEqual(hashes);
    expect(await millrace(cluster, 'sql', UNBALANCED)).toEqual([{ bad: '0' }]);
    for (const query of QUERIES) {
      const rows = inOrder(await millrace<object[]>(one, 'query', JSON.stringify(query)));
      expect(rows.length).toBeGreaterThan(0);
      expect(inOrder(await millrace<object[]>(cluster, 'query', JSON.stringify(query)))).toEqual(rows);
    }
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    for (const name of ['kingdee', 'fxiaoke'])
      expect(metrics).toMatch(
        new RegExp(`^millrace_runs_total\\{kind="sync",connection="${name}",status="done"\\} 1$`, 'm'),
      );

    expect(await second.stop()).toBe(0);
    expect(await server.stop()).toBe(0);
  }, 1_800_000);
});

/** `user` and `password` of its own, no superuser: what deploy/postgres/make-database.sh makes. Gives host, port and name. */
async function ownDatabase(env: Record<string, string>): Promise<string> {
  const url = new URL(await testDatabase());
  const [user, password] = [`user_${randomUUID().slice(0, 8)}`, `p@ss:/${randomUUID()}`];
  Object.assign(env, { SCALEOUT_USER: user, SCALEOUT_PASSWORD: password });
  const admin = new PgClient({ connectionString: url.href });
  await admin.connect();
  await admin.query(`create role "${user}" login password '${password}'`);
  await admin.query(`alter database "${url.pathname.slice(1)}" owner to "${user}"`);
  await admin.end();
  return `${url.host}${url.pathname}`;
}

function configOf({ connections }: RunningDemo): string {
  const entries = connections.map(({ name, connector, config }) => {
    const budget = connector === 'qichacha' ? { budget: { dayCny: '600.00', monthCny: '3000.00' } } : {};
    return [name, { connector, every: '6 hours', config, ...budget }];
  });
  return JSON.stringify({ company: 'A', asOf: 'yesterday', connections: Object.fromEntries(entries) });
}

/** As the SDK names a worker by default. */
const identity = (pid: number) => `${pid}@${hostname()}`;

/** Identity of the worker of each stream that is done, from Temporal's histories. */
async function streamsDoneBy(client: Client): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId, runId, type } of client.workflow.list()) {
    if (type !== 'syncConnection') continue;
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const byId = new Map((events ?? []).map((event) => [String(event.eventId), event]));
    for (const { activityTaskCompletedEventAttributes: completed } of events ?? []) {
      const scheduled = byId.get(String(completed?.scheduledEventId));
      if (scheduled?.activityTaskScheduledEventAttributes?.activityType?.name === 'syncStream')
        found.push(String(completed?.identity));
    }
  }
  return found;
}

/** A query without an order gives rows in any. */
const inOrder = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
