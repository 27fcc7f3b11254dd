import { until } from '../../test/support/hubProcess';
import { ToyHost } from '../../test/support/toyHost';
import { order, orders } from '../../test/support/toyVendor';
import { loadingOver } from './loadingOver';
import type { LoadingWork } from './loadingWork';

const MARCH = { connection: 'toys', from: '2026-03-01', to: '2026-03-04', build: false };

describe('backfills as people steer them', () => {
  let toys: ToyHost;
  let loading: LoadingWork;
  beforeEach(async () => {
    toys = await ToyHost.open([orders]);
    const { client, taskQueue } = toys.worker;
    loading = loadingOver({ warehouse: toys.warehouse, client, taskQueue });
    toys.vendor('orders').rows = [1, 2, 3, 4].map((day) =>
      order(String(day), { changed: `2026-03-0${day}T02:00:00Z` }),
    );
  });
  afterEach(() => toys.close());

  const ended = (id: string) =>
    until('the end of the backfill', 30_000, async () => {
      const [row] = await toys.warehouse.rows(`select status from meta.backfill where backfill_id = '${id}'`);
      return ['running', 'paused', undefined].includes(row?.status as string) ? undefined : row?.status;
    });

  test('one is started, ends by itself, and is listed and shown by the beginning of its id', async () => {
    const { backfillId } = await loading.backfill(MARCH);
    expect(await ended(backfillId)).toBe('done');
    expect(await loading.backfills()).toMatchObject([
      { backfill_id: backfillId, status: 'done', slices: '4', done: '4', read_rows: '4', loaded_rows: '4' },
    ]);
    const { streams, slices } = await loading.backfillOf(backfillId.slice(0, 4));
    expect(streams).toMatchObject([
      { stream: 'orders', slices: '4', done: '4', failed: '0', read_rows: '4' },
    ]);
    expect(slices.map(({ from_date, status }) => [from_date, status])).toEqual([
      ['2026-03-01', 'done'],
      ['2026-03-02', 'done'],
      ['2026-03-03', 'done'],
      ['2026-03-04', 'done'],
    ]);
  });

  test('one that Temporal has lost goes on from its committed slices', async () => {
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let pages = 0;
    toys.vendor('orders').onPage = async () => {
      if (++pages !== 5) return; // the first page of the third slice
      reach();
      await held;
    };
    const { backfillId } = await loading.backfill(MARCH);
    await reached;
    await toys.worker.client.workflow.getHandle(`backfill/${backfillId}`).terminate('lost');
    letGo();
    await until('the slice that ran', 20_000, () => (pages === 6 ? true : undefined));
    toys.vendor('orders').onPage = () => void pages++;
    expect(await loading.steerBackfill(backfillId.slice(0, 5), 'resume')).toEqual({ backfillId });
    expect(await ended(backfillId)).toBe('done');
    expect(await toys.warehouse.rows('select count(*) as n from raw.toys__orders')).toEqual([{ n: '4' }]);
    expect(pages).toBeLessThanOrEqual(10); // the first two slices were not read again
  });

  test('what cannot be done is refused with what is', async () => {
    const { backfillId } = await loading.backfill(MARCH);
    await toys.worker.client.workflow.getHandle(`backfill/${backfillId}`).result();
    await expect(loading.steerBackfill(backfillId, 'pause')).rejects.toMatchObject({
      code: 'not_found',
      what: `The backfill ${backfillId} does not run`,
      where: 'its status is done',
    });
    await expect(loading.steerBackfill('nothing', 'resume')).rejects.toMatchObject({
      code: 'not_found',
      todo: 'List them with: millrace backfill list',
    });
  });

  test('one that gets no plan is shown with the reason', async () => {
    const { backfillId } = await loading.backfill({ ...MARCH, streams: ['nothing'] });
    await toys.worker.client.workflow
      .getHandle(`backfill/${backfillId}`)
      .result()
      .catch(() => undefined);
    await expect(loading.backfillOf(backfillId)).rejects.toMatchObject({
      code: 'not_found',
      what: 'There is no stream nothing',
      todo: 'Streams: orders',
    });
  });
});
