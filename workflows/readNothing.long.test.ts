import type { WorkflowFailedError } from '@temporalio/client';
import { z } from 'zod';
import { defineStream } from '../connectors/kit';
import { ToyHost } from '../test/support/toyHost';
import { order, orders } from '../test/support/toyVendor';
import type { SyncInput, SyncResult } from './messages';
import { problemOf } from './problem';

const { cursor: _cursor, snapshot: _snapshot, amount: _amount, ...rest } = orders;
/** Its connector keeps no state, so every sync reads all of it. */
const options = defineStream({ ...rest, name: 'options', contract: orders.contract });
/** Its connector keeps a state of its own, for example which files it has read. */
const files = defineStream({ ...rest, name: 'files', contract: z.object({ id: z.string() }) });

describe('a run that reads nothing where rows must have come (A9)', () => {
  let toys: ToyHost;
  beforeEach(async () => {
    toys = await ToyHost.open([orders, options, files]);
    for (const [stream, state] of [
      ['options', null],
      ['files', { files: ['march.csv'] }],
    ] as const) {
      const vendor = toys.vendor(stream);
      vendor.source = () => ({
        streams: [],
        check: () => Promise.resolve(),
        async *read() {
          yield { records: vendor.rows, state };
        },
      });
    }
    for (const vendor of toys.vendors.values()) vendor.rows = [order('1'), order('2')];
  });
  afterEach(() => toys.close());

  const sync = (input: Partial<SyncInput> & { streams: string[] }) =>
    toys.run<SyncResult>('syncConnection', input);
  const statusOf = async ({ runId }: SyncResult) =>
    (await toys.warehouse.rows(`select status, error from meta.run where run_id = '${runId}'`))[0];

  test('a read of everything is suspicious at once; the run is partial, says why, and fails nothing', async () => {
    await sync({ streams: ['options'] });
    toys.vendor('options').rows = [];
    const result = await sync({ streams: ['options'] });
    expect(result).toMatchObject({
      status: 'partial',
      streams: [
        {
          status: 'suspicious',
          read: 0,
          error: { code: 'read_nothing', where: 'connection toys, stream options' },
        },
      ],
    });
    const run = await statusOf(result);
    expect(run?.status).toBe('partial');
    expect(JSON.parse(String(run?.error))).toMatchObject({
      todo: expect.stringContaining('millrace check toys'),
    });
    expect(
      await toys.warehouse.rows('select count(*) as n from raw.toys__options where _deleted_at is null'),
    ).toEqual([{ n: '2' }]);
  });

  test('an incremental read is, after three syncs that each read the newest record again; it stays so until rows come', async () => {
    const streams = ['orders'];
    for (const _ of [1, 2]) await sync({ streams });
    const { rows } = toys.vendor('orders');
    toys.vendor('orders').rows = [];
    expect(await sync({ streams })).toMatchObject({ status: 'done' }); // two are no habit
    toys.vendor('orders').rows = rows;
    for (const _ of [1, 2, 3]) await sync({ streams });
    toys.vendor('orders').rows = [];
    for (const _ of [1, 2])
      expect(await sync({ streams })).toMatchObject({
        status: 'partial',
        streams: [{ status: 'suspicious' }],
      });
    toys.vendor('orders').rows = rows;
    expect(await sync({ streams })).toMatchObject({ status: 'done', streams: [{ read: 2 }] });
  });

  test('it is quiet where the newest records were deleted and marked', async () => {
    const streams = ['orders'];
    toys.vendor('orders').rows.push(order('3', { changed: '2026-02-01T08:00:00Z' }));
    for (const _ of [1, 2, 3]) await sync({ streams });
    toys.vendor('orders').rows.pop();
    expect((await sync({ streams })).status).toBe('partial');
    await toys.run('reconcileConnection', { streams, confirmDeletes: true });
    expect((await sync({ streams })).status).toBe('done');
  });

  test('it is quiet where the connector itself knows what it has read', async () => {
    for (const _ of [1, 2, 3]) await sync({ streams: ['files'] });
    toys.vendor('files').rows = [];
    expect(await sync({ streams: ['files'] })).toMatchObject({ status: 'done', streams: [{ read: 0 }] });
  });

  test('a full refresh that reads nothing empties no table; confirmed, it does', async () => {
    await sync({ streams: ['orders'] });
    toys.vendor('orders').rows = [];
    const failure = await sync({ streams: ['orders'], isFull: true }).catch((error: unknown) => error);
    expect(problemOf((failure as WorkflowFailedError).cause)).toMatchObject({ code: 'too_many_deletes' });
    const result = await sync({ streams: ['orders'], isFull: true, confirmDeletes: true });
    expect(result).toMatchObject({ status: 'done', streams: [{ deleted: 2 }] });
  });
});
