import { randomUUID } from 'node:crypto';
import { CancelledFailure, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import { defineStream } from '../connectors/kit';
import { until } from '../test/support/hubProcess';
import { keepHistory, ToyHost } from '../test/support/toyHost';
import { order, orders } from '../test/support/toyVendor';
import type { BackfillInput, BackfillProgress } from './messages';

const options = defineStream({
  name: 'options',
  vendorName: 'Option',
  key: ['id'],
  contract: z.object({ id: z.string(), title: z.string() }),
});

const RANGE = { from: '2026-03-01', to: '2026-03-03' };

describe('a backfill', () => {
  let toys: ToyHost;
  beforeEach(async () => {
    toys = await ToyHost.open([orders, options]);
    // Two orders on each day of Shanghai, the second an instant before its end.
    toys.vendor('orders').rows = [1, 2, 3, 4].flatMap((day) => [
      order(`${day}a`, { changed: `2026-03-0${day}T02:00:00Z` }),
      order(`${day}b`, { changed: `2026-03-0${day}T15:59:59Z` }),
    ]);
    await toys.run('syncConnection', { streams: ['orders'] });
    toys.vendor('orders').rows = toys.vendor('orders').rows.map((row) => ({ ...row, amount: '20.00' }));
  });
  afterEach(() => toys.close());

  const start = (input: Partial<BackfillInput> = {}) => {
    const backfillId = input.backfillId ?? randomUUID().slice(0, 8);
    return toys.start(
      'backfill',
      { backfillId, streams: ['orders'], ...RANGE, ...input },
      `backfill/${backfillId}`,
    );
  };
  const result = (handle: WorkflowHandle) => handle.result() as Promise<BackfillProgress>;
  const progress = (handle: WorkflowHandle) => handle.query<BackfillProgress>('progress');
  const slices = (handle: WorkflowHandle) =>
    toys.warehouse.rows(
      `select slice_number, status, read_rows, loaded_rows from meta.backfill_slice
       where backfill_id = '${handle.workflowId.slice('backfill/'.length)}' order by stream, slice_number`,
    );
  const backfill = async (handle: WorkflowHandle) =>
    (
      await toys.warehouse.rows(
        `select * from meta.backfill where backfill_id = '${handle.workflowId.slice('backfill/'.length)}'`,
      )
    )[0];
  const refreshed = async () => {
    const rows = await toys.warehouse.rows('select id from raw.toys__orders where amount = 20 order by id');
    return rows.map(({ id }) => id);
  };
  /** Holds the vendor's answer to its n-th page until it is let go. */
  const holdAt = (page: number) => {
    let pages = 0;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    toys.vendor('orders').onPage = async () => {
      if (++pages !== page) return;
      reach();
      await held;
    };
    return { reached, letGo };
  };

  test('reads its days in slices, counts each, leaves the cursor alone', async () => {
    const before = await toys.warehouse.streamState('toys', 'orders');
    const handle = await start();
    expect(await result(handle)).toMatchObject({
      status: 'done',
      streams: [{ stream: 'orders', status: 'done', slices: 3, done: 3, read: 6, loaded: 6, unchanged: 0 }],
    });
    await keepHistory(toys.worker, 'backfill-done', handle.workflowId);
    expect(await refreshed()).toEqual(['1a', '1b', '2a', '2b', '3a', '3b']);
    const done = { status: 'done', read_rows: '2', loaded_rows: '2' };
    expect(await slices(handle)).toEqual([1, 2, 3].map((n) => ({ slice_number: String(n), ...done })));
    const after = await toys.warehouse.streamState('toys', 'orders');
    expect(after).toEqual(before);
    const [run] = await toys.warehouse.rows(
      "select status, connection from meta.run where kind = 'backfill'",
    );
    expect(run).toEqual({ status: 'done', connection: 'toys' });
    expect(await backfill(handle)).toMatchObject({ status: 'done', slice: 'day', from_date: '2026-03-01' });
  });

  test('a stream that cannot be read by days is refused by name, the others go on', async () => {
    const done = await result(await start({ streams: ['orders', 'options'] }));
    expect(done.status).toBe('partial');
    expect(done.streams).toMatchObject([
      { stream: 'orders', status: 'done' },
      { stream: 'options', status: 'refused', error: { what: expect.stringContaining('it has no cursor') } },
    ]);
  });

  test('waits between slices when it is told to, shows where it stands, and goes on', async () => {
    const gate = holdAt(2);
    const handle = await start();
    await gate.reached;
    await handle.signal('pause');
    gate.letGo();
    await until('the pause', 20_000, async () => (await backfill(handle))?.status === 'paused' || undefined);
    expect(await progress(handle)).toMatchObject({
      status: 'paused',
      streams: [{ slices: 3, done: 1, loaded: 2 }],
    });
    expect(await refreshed()).toEqual(['1a', '1b']);
    await handle.signal('resume');
    expect(await result(handle)).toMatchObject({ status: 'done', streams: [{ done: 3, read: 6 }] });
    await keepHistory(toys.worker, 'backfill-paused', handle.workflowId);
  });

  test('cancelled or lost, it goes on under its id from the slices that are done', async () => {
    const gate = holdAt(3); // the first page of the second slice
    const handle = await start();
    await gate.reached;
    await handle.cancel();
    await until('the cancellation', 20_000, () => toys.vendor('orders').signal?.aborted || undefined);
    gate.letGo();
    const failure = await result(handle).catch((error: unknown) => error);
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(await backfill(handle)).toMatchObject({ status: 'cancelled' });
    expect(await slices(handle)).toMatchObject([{ status: 'done' }, {}, { status: 'planned' }]);

    let pages = 0;
    toys.vendor('orders').onPage = () => void pages++;
    const again = await start({ backfillId: handle.workflowId.slice('backfill/'.length) });
    expect(await result(again)).toMatchObject({ status: 'done', streams: [{ done: 3, read: 6 }] });
    expect(pages).toBe(4); // two slices, each with its empty last page
    expect(await refreshed()).toEqual(['1a', '1b', '2a', '2b', '3a', '3b']);
    expect(await toys.warehouse.rows("select status from meta.run where kind = 'backfill'")).toEqual([
      { status: 'done' },
    ]);
  });

  test('a slice that fails stops its stream with its error; a sync that runs meanwhile does not mind', async () => {
    let pages = 0;
    toys.vendor('orders').onPage = async () => {
      pages++;
      if (pages === 2) await toys.run('syncConnection', { streams: ['orders'] });
      if (pages > 4) throw new Error('the vendor changed its mind');
    };
    const handle = await start();
    const done = await result(handle);
    expect(done).toMatchObject({ status: 'failed', streams: [{ status: 'failed', done: 1 }] });
    expect(done.streams[0]?.error?.what).toContain('changed its mind');
    expect(await slices(handle)).toMatchObject([
      { status: 'done' },
      { status: 'failed' },
      { status: 'planned' },
    ]);
  });

  test('days that are none are refused with how to write them', async () => {
    const failure = await result(await start({ from: '2026-03-09', to: '2026-03-01' })).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    const [run] = await toys.warehouse.rows("select status, error from meta.run where kind = 'backfill'");
    expect(JSON.parse(String(run?.error))).toMatchObject({
      code: 'bad_request',
      what: expect.stringContaining('2026-03-09'),
    });
  });
});
