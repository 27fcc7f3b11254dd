import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { closeLostRuns } from '../../workflows';
import { ChaosVendor } from '../chaos/vendor';
import { WorkerProcess } from '../chaos/workerProcess';
import { engines } from '../support/engines';

const temporal = process.env.MILLRACE_TEST_TEMPORAL ?? '';
let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await Connection.connect({ address: temporal });
  client = new Client({ connection });
});
afterAll(() => connection.close());

/** A run that nobody works on: it stays open. */
const startIdle = () =>
  client.workflow.start('syncConnection', {
    workflowId: randomUUID(),
    taskQueue: `nobody-${randomUUID()}`,
    args: [{ connection: 'toys', cause: 'manual' }],
  });

test.each(engines)('runs whose workflow is gone are closed, on $name', async ({ open }) => {
  const warehouse = await open();
  const alive = await startIdle();
  const ended = await startIdle();
  await ended.terminate('by hand');
  const ids = [alive.firstExecutionRunId, ended.firstExecutionRunId, randomUUID()] as const; // the last: Temporal's file was deleted
  try {
    for (const id of ids) {
      await warehouse.run(
        "insert into meta.run values (?, 'sync', 'toys', 'manual', utc_now(), null, 'running', null)",
        [id],
      );
      await warehouse.run(
        "insert into meta.run_stream values (?, 'toys', 'orders', 7, 7, 0, 0, 0, 0, 1, utc_now(), null, 'running', null, null, null)",
        [id],
      );
    }
    expect((await closeLostRuns(client, warehouse)).sort()).toEqual([...ids].slice(1).sort());
    const rows = await warehouse.rows(
      `select run.run_id, run.status, run.ended_at is not null as has_ended, run_stream.status as stream, loaded_rows, run.error
       from meta.run join meta.run_stream on run_stream.run_id = run.run_id`,
    );
    const of = (id: string) => rows.find(({ run_id }) => run_id === id);
    expect(of(ids[0])).toMatchObject({ status: 'running', stream: 'running' });
    for (const id of ids.slice(1)) {
      expect(of(id)).toMatchObject({ status: 'failed', stream: 'failed', has_ended: true, loaded_rows: '7' });
      expect(JSON.parse(String(of(id)?.error))).toMatchObject({
        code: 'interrupted',
        todo: expect.stringContaining('the next run goes on from there'),
      });
    }
    expect(await closeLostRuns(client, warehouse)).toEqual([]);
  } finally {
    await alive.terminate('the test is over');
    await warehouse.close();
  }
});

test('a worker that starts again takes up at once what the killed one was doing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-taken-up-'));
  const vendor = new ChaosVendor();
  vendor.pageMs = 30;
  const taskQueue = `taken-up-${randomUUID()}`;
  const worker = new WorkerProcess({
    warehouse: join(folder, 'warehouse.duckdb'),
    spoolFolder: join(folder, 'spool'),
    vendorUrl: await vendor.start(),
    temporal,
    taskQueue,
    bundle: process.env.MILLRACE_TEST_BUNDLE ?? '',
  });
  try {
    await worker.start();
    const killed = new Promise<void>((resolve) =>
      vendor.watch((pages) => pages === 5 && void worker.kill().then(resolve)),
    );
    const run = await client.workflow.start('syncConnection', {
      workflowId: randomUUID(),
      taskQueue,
      args: [{ connection: 'chaos', cause: 'manual', build: false }],
    });
    await killed;
    await worker.start();
    await run.result();
    const { events } = await run.fetchHistory();
    const failures = (events ?? [])
      .map(
        ({ activityTaskStartedEventAttributes: started }) =>
          started?.lastFailure?.applicationFailureInfo?.type,
      )
      .filter((type) => type != null);
    // Not a heartbeat time-out, which would have come after 30 seconds and has no type.
    expect(new Set(failures)).toEqual(new Set(['interrupted']));
    await worker.end();
  } finally {
    await worker.kill();
    await vendor.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
