import type { WorkflowFailedError } from '@temporalio/client';
import { z } from 'zod';
import { defineStream, money, type Stream, utcTime } from '../connectors/kit';
import { keepHistory, ToyHost } from '../test/support/toyHost';
import { order } from '../test/support/toyVendor';
import type { ReplayOutcome, SyncResult } from './messages';
import { problemOf } from './problem';

const define = (name: string, status: [string, ...string[]]) =>
  defineStream({
    name,
    vendorName: name,
    key: ['id'],
    amount: 'amount',
    cursor: { field: 'changed', tie: 'id', overlap: '1 minutes' },
    contract: z.object({ id: z.string(), amount: money(), status: z.enum(status), changed: utcTime() }),
  });

describe('a replay of the quarantine', () => {
  let toys: ToyHost;
  let streams: Stream[];
  beforeEach(async () => {
    streams = [define('orders', ['open']), define('returns', ['open'])];
    toys = await ToyHost.open(streams);
    toys.vendor('orders').rows = [order('1'), order('2', { status: 'paid' }), order('3', { status: 'lost' })];
    toys.vendor('returns').rows = [order('9', { status: 'paid' })];
    await toys.run<SyncResult>('syncConnection');
  });
  afterEach(() => toys.close());

  const waiting = async () =>
    (
      await toys.warehouse.rows(
        'select stream, source_id from quarantine.record where resolved_at is null order by stream, source_id',
      )
    ).map(({ stream, source_id }) => `${String(stream)} ${String(source_id)}`);

  test('is a run of its own, counted per stream; the models that read what came in are built', async () => {
    streams[0] = define('orders', ['open', 'paid']);
    const handle = await toys.start('replayQuarantine', { build: true }, 'replay-all');
    const result = (await handle.result()) as ReplayOutcome;
    await keepHistory(toys.worker, 'replayQuarantine', 'replay-all');
    expect(result).toMatchObject({
      status: 'done',
      generation: 1,
      streams: [
        { connection: 'toys', stream: 'orders', read: 2, loaded: 1, unchanged: 0, quarantined: 1 },
        { connection: 'toys', stream: 'returns', read: 1, loaded: 0, unchanged: 0, quarantined: 1 },
      ],
    });
    expect(await waiting()).toEqual(['orders 3', 'returns 9']);
    const [run] = await toys.warehouse.rows(
      'select kind, status, connection from meta.run where run_id = ?',
      [result.runId],
    );
    expect(run).toEqual({ kind: 'replay', status: 'done', connection: 'toys' });
    const [figures] = await toys.warehouse.rows(
      "select read_rows, loaded_rows, unchanged_rows, quarantined_rows, table_rows, status from meta.run_stream where run_id = ? and stream = 'orders'",
      [result.runId],
    );
    expect(figures).toEqual({
      read_rows: '2',
      loaded_rows: '1',
      unchanged_rows: '0',
      quarantined_rows: '1',
      table_rows: '2',
      status: 'done',
    });
  });

  test('takes only the stream and the reason that are asked for', async () => {
    streams[0] = define('orders', ['open', 'paid', 'lost']);
    streams[1] = define('returns', ['open', 'paid']);
    expect(await toys.run('replayQuarantine', { stream: 'returns' })).toMatchObject({
      streams: [{ stream: 'returns', loaded: 1 }],
    });
    const none = await toys.run<ReplayOutcome>('replayQuarantine', { reason: 'no such reason' });
    expect(none).toMatchObject({ status: 'done', streams: [] });
    expect(await waiting()).toEqual(['orders 2', 'orders 3']);
  });

  test('a stream that is in no contract any more fails by name; the others are replayed', async () => {
    streams[0] = define('orders', ['open', 'paid', 'lost']);
    streams.pop();
    const failure = await toys.run('replayQuarantine').catch((error: unknown) => error);
    expect(problemOf((failure as WorkflowFailedError).cause)).toMatchObject({
      code: 'not_found',
      what: 'There is no stream returns',
      todo: 'Streams: orders',
    });
    expect(await waiting()).toEqual(['returns 9']);
    const [run] = await toys.warehouse.rows("select status from meta.run where kind = 'replay'");
    expect(run).toEqual({ status: 'partial' });
  });
});
