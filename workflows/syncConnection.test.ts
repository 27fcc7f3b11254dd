import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { z } from 'zod';
import {
  defineConnector,
  defineStream,
  type Keyset,
  keysetPages,
  MillraceError,
  money,
  type Row,
  secret,
  utcTime,
} from '../connectors/kit';
import { startTestWorker, type TestWorker } from '../test/support/temporal';
import { keepHistory } from '../test/support/toyHost';
import { DuckDbWarehouse } from '../warehouse';
import { Host, type SyncInput, type SyncResult } from '.';
import type { forecastCash } from './forecastCash';
import { problemOf } from './problem';

const define = (name: string) =>
  defineStream({
    name,
    vendorName: name,
    key: ['id'],
    cursor: { field: 'changed', tie: 'id', overlap: '1 minutes' },
    contract: z.object({ id: z.string(), amount: money(), changed: utcTime() }),
  });
const orders = define('orders');
const invoices = define('invoices');

/** What the vendor holds, and what it does when asked; each test sets it up. */
const vendor = {
  rows: {} as Record<string, Row[]>,
  onList: (_stream: string): void => undefined,
  keys: undefined as string[] | undefined,
};

const toy = defineConnector({
  name: 'toy',
  title: { zh: '玩具', en: 'Toy' },
  spec: z.object({ password: secret() }),
  streams: [orders, invoices],
  open: (config) => config,
  check: async () => undefined,
  read: (_api, stream, state, request) =>
    keysetPages(
      stream,
      state as Keyset | undefined,
      2,
      async ({ after, from, limit }) => {
        vendor.onList(stream.name);
        const all = [...(vendor.rows[stream.name] ?? [])].sort((a, b) =>
          `${String(a.changed)}${String(a.id)}` < `${String(b.changed)}${String(b.id)}` ? -1 : 1,
        );
        const isDue = (row: Row) =>
          after
            ? `${String(row.changed)}${String(row.id)}` > `${after.cursor}${after.tie}`
            : from === undefined || String(row.changed) >= from;
        return all.filter(isDue).slice(0, limit);
      },
      request,
    ),
  async *keys(_api, stream) {
    yield (vendor.keys ?? (vendor.rows[stream.name] ?? []).map((row) => String(row.id))).map((id) => [id]);
  },
});

const row = (id: string, amount = '1.00', changed = '2026-01-01T00:00:00Z'): Row => ({ id, amount, changed });

let folder: string;
let warehouse: DuckDbWarehouse;
let worker: TestWorker;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-sync-'));
  warehouse = await DuckDbWarehouse.open({ file: join(folder, 'warehouse.duckdb') });
  const connections = [
    { name: 'toys', connector: toy, settings: () => Promise.resolve({ password: 'hunter2-secret' }) },
  ];
  const budget = { spend: () => Promise.resolve() };
  const host = new Host({
    warehouse,
    connections,
    spoolFolder: join(folder, 'spool'),
    folder,
    asOfDate: () => '2026-03-31',
    budgetOf: () => budget,
    lookup: () => Promise.resolve([]),
  });
  worker = await startTestWorker(host);
});
afterAll(async () => {
  await worker.close();
  await warehouse.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  vendor.onList = () => undefined;
  vendor.keys = undefined;
});

async function sync(input: Partial<SyncInput> = {}, history?: string): Promise<SyncResult> {
  const workflowId = `sync-${randomUUID()}`;
  try {
    return await worker.client.workflow.execute('syncConnection', {
      workflowId,
      taskQueue: worker.taskQueue,
      args: [{ connection: 'toys', cause: 'manual', build: false, ...input }],
    });
  } finally {
    if (history) await keepHistory(worker, history, workflowId);
  }
}
const stored = async () =>
  (
    await warehouse.rows(
      'select id, amount, _deleted_at is not null as gone from raw.toys__orders order by id',
    )
  ).map((one) => [one.id, one.amount, one.gone]);

describe('syncing a connection', () => {
  test('all streams are loaded, counted, and the run is written down with the hash of each table', async () => {
    vendor.rows = { orders: [row('1'), row('2'), row('3', 'x1')], invoices: [row('9')] };
    const result = await sync();
    expect(result).toMatchObject({ status: 'done' });
    expect(result.streams.find(({ stream }) => stream === 'orders')).toMatchObject({
      read: 3,
      loaded: 2,
      unchanged: 0,
      quarantined: 1,
    });
    const [run] = await warehouse.rows('select status, kind, connection from meta.run where run_id = ?', [
      result.runId,
    ]);
    expect(run).toEqual({ status: 'done', kind: 'sync', connection: 'toys' });
    const [stream] = await warehouse.rows(
      "select table_rows, table_hash, read_rows from meta.run_stream where run_id = ? and stream = 'orders'",
      [result.runId],
    );
    expect(stream).toMatchObject({ table_rows: '2', read_rows: '3' });
    expect(String(stream?.table_hash)).toMatch(/^[0-9a-f]{16}$/);
  });

  test('the next sync reads from the cursor less the overlap, and takes what changed', async () => {
    vendor.rows = { orders: [row('1'), row('2', '2.50', '2026-01-01T00:10:00Z')], invoices: [] };
    expect((await sync({ streams: ['orders'] })).streams).toMatchObject([
      { read: 2, loaded: 1, unchanged: 1 },
    ]);
    expect((await sync({ streams: ['orders'] })).streams).toMatchObject([
      { read: 1, loaded: 0, unchanged: 1 },
    ]);
    expect(await stored()).toEqual([
      ['1', '1.00', false],
      ['2', '2.50', false],
    ]);
  });

  test('one stream that fails leaves the others loaded; the run is partial and says why, without the secret', async () => {
    vendor.rows = { orders: [row('4', '4.00', '2026-01-02T00:00:00Z')], invoices: [] };
    vendor.onList = (stream) => {
      if (stream === 'invoices')
        throw new MillraceError('permission_refused', {
          what: 'No right for user with password hunter2-secret',
          todo: 'Give it',
        });
    };
    const failure = await sync({}, 'syncConnection-partial').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(problemOf((failure as WorkflowFailedError).cause)).toMatchObject({
      code: 'permission_refused',
      what: 'No right for user with password ***',
    });
    expect(await stored()).toContainEqual(['4', '4.00', false]);
    const [run] = await warehouse.rows(
      "select status, error from meta.run where kind = 'sync' order by started_at desc limit 1",
    );
    expect(run).toMatchObject({ status: 'partial' });
    expect(String(run?.error)).not.toContain('hunter2');
  });

  test('an activity that fails for a moment goes on from what was committed', async () => {
    vendor.rows = {
      orders: [1, 2, 3, 4, 5].map((n) => row(`m${n}`, `${n}.00`, `2026-02-0${n}T00:00:00Z`)),
      invoices: [],
    };
    let calls = 0;
    vendor.onList = () => {
      calls++;
      if (calls === 3) throw new MillraceError('vendor_busy', { what: 'busy' });
    };
    const [orders] = (await sync({ streams: ['orders'] })).streams;
    expect(orders).toMatchObject({ status: 'done' });
    expect((await stored()).filter(([id]) => String(id).startsWith('m'))).toHaveLength(5);
  });

  test('deletes are marked after a comparison of keys; too many stop it until they are confirmed', async () => {
    const [before] = await warehouse.rows(
      'select count(*) as n from raw.toys__orders where _deleted_at is null',
    );
    vendor.keys = [];
    const refused = await sync({ streams: ['orders'], reconcile: true }).catch((error: unknown) => error);
    expect(problemOf((refused as WorkflowFailedError).cause)).toMatchObject({ code: 'too_many_deletes' });
    const [orders] = (
      await sync({ streams: ['orders'], reconcile: true, confirmDeletes: true }, 'syncConnection-reconcile')
    ).streams;
    expect(orders?.deleted).toBe(Number(before?.n));
  });

  test('what changed is built at the end, as a child; then the month is frozen on its day, once', async () => {
    vendor.rows = { orders: [row('b1', '7.00', '2026-03-01T00:00:00Z')], invoices: [] };
    const result = await sync({ streams: ['orders'], build: true }, 'syncConnection-build');
    expect(result.generation).toBe(1);
    if (process.env.MILLRACE_SAVE_HISTORY) await keepHistory(worker, 'buildModels', `build/${result.runId}`);
    const workflowId = `freeze-${randomUUID()}`;
    const options = { workflowId, taskQueue: worker.taskQueue, args: [{ cause: 'manual' }] };
    expect(await worker.client.workflow.execute('freezeMonth', options)).toMatchObject({ months: [] });
    await keepHistory(worker, 'freezeMonth', workflowId);
    const forecastId = `forecast-${randomUUID()}`;
    const { origins } = await worker.client.workflow.execute<typeof forecastCash>('forecastCash', {
      workflowId: forecastId,
      taskQueue: worker.taskQueue,
      args: [{ cause: 'manual' }],
    });
    expect(origins).toEqual(['2026-03-31']); // nobody has paid before, so no month end is judged
    await keepHistory(worker, 'forecastCash', forecastId);
  });

  test('a stream that is not there is named with those that are', async () => {
    const failure = await sync({ streams: ['nothing'] }).catch((error: unknown) => error);
    expect(problemOf((failure as WorkflowFailedError).cause)).toMatchObject({
      code: 'not_found',
      todo: 'Streams: orders, invoices',
    });
  });
});
