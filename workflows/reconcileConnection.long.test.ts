import type { WorkflowFailedError } from '@temporalio/client';
import { keepHistory, ToyHost } from '../test/support/toyHost';
import { order, orders } from '../test/support/toyVendor';
import type { ReconcileInput, ReconcileResult, SyncResult } from './messages';
import { problemOf } from './problem';

const invoices = { ...orders, name: 'invoices' };

describe('comparing keys as a run of its own', () => {
  let toys: ToyHost;
  beforeEach(async () => {
    toys = await ToyHost.open([orders, invoices]);
    for (const { rows } of toys.vendors.values())
      rows.push(...Array.from({ length: 40 }, (_, n) => order(String(100 + n))));
    await toys.run<SyncResult>('syncConnection');
  });
  afterEach(() => toys.close());

  const reconcile = (input: Partial<ReconcileInput> = {}) =>
    toys.run<ReconcileResult>('reconcileConnection', input);
  const marked = async (stream: string) => {
    const rows = await toys.warehouse.rows(
      `select _source_id from raw.toys__${stream} where _deleted_at is not null order by 1`,
    );
    return rows.map((row) => row._source_id);
  };

  test('marks few, stops at many, goes on with the other stream, fails with what to do, keeps the preview', async () => {
    toys.vendor('orders').rows.splice(0, 1);
    toys.vendor('invoices').rows.splice(0, 10);
    const handle = await toys.start('reconcileConnection', {});
    const failure = await handle.result().catch((error: unknown) => error);
    expect(problemOf((failure as WorkflowFailedError).cause)).toMatchObject({
      code: 'too_many_deletes',
      where: 'connection toys, stream invoices',
    });
    await keepHistory(toys.worker, 'reconcileConnection-stopped', handle.workflowId);
    expect(await marked('orders')).toEqual(['100']);
    expect(await marked('invoices')).toEqual([]);
    const [run] = await toys.warehouse.rows("select run_id, status from meta.run where kind = 'reconcile'");
    expect(run?.status).toBe('partial');
    const streams = await toys.warehouse.rows(
      `select stream, status, deleted_rows from meta.run_stream where run_id = '${String(run?.run_id)}' order by stream`,
    );
    expect(streams).toEqual([
      { stream: 'invoices', status: 'failed', deleted_rows: '0' },
      { stream: 'orders', status: 'done', deleted_rows: '1' },
    ]);
    const [preview] = await toys.warehouse.rows(
      "select * from meta.delete_preview where stream = 'invoices'",
    );
    expect(preview).toMatchObject({
      status: 'stopped',
      known_rows: '40',
      gone_rows: '10',
      amount_cny: '100.00',
    });

    const result = await reconcile({ streams: ['invoices'], confirmDeletes: true });
    expect(result.streams).toMatchObject([{ stream: 'invoices', status: 'done', deleted: 10 }]);
    expect(await marked('invoices')).toHaveLength(10);
  });

  test('a preview marks nothing and does not fail, however many are gone', async () => {
    toys.vendor('orders').rows.splice(0, 30);
    const result = await reconcile({ isPreview: true, except: ['invoices'] });
    expect(result).toMatchObject({
      status: 'done',
      streams: [{ stream: 'orders', listed: 10, known: 40, gone: 30, deleted: 0 }],
    });
    expect(await marked('orders')).toEqual([]);
  });

  test('what is back counts as read and loaded, so that models over it are built', async () => {
    const [row] = toys.vendor('orders').rows.splice(0, 1);
    await reconcile();
    toys.vendor('orders').rows.push(row ?? {});
    const { runId, streams } = await reconcile();
    expect(streams[0]).toMatchObject({ stream: 'orders', revived: 1, deleted: 0 });
    const [run] = await toys.warehouse.rows(
      `select read_rows, loaded_rows, deleted_rows from meta.run_stream where run_id = '${runId}' and stream = 'orders'`,
    );
    expect(run).toEqual({ read_rows: '1', loaded_rows: '1', deleted_rows: '0' });
  });

  test('streams whose source lists no keys are skipped, and said so', async () => {
    const keyless = await ToyHost.open([orders], { hasKeys: false });
    try {
      const result = await keyless.run<ReconcileResult>('reconcileConnection');
      expect(result.streams).toMatchObject([{ stream: 'orders', status: 'skipped' }]);
    } finally {
      await keyless.close();
    }
  });
});
