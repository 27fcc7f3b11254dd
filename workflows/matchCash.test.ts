import { keepHistory, ToyHost } from '../test/support/toyHost';
import { order, orders } from '../test/support/toyVendor';
import type { MatchOutcome, SyncResult } from './messages';

describe('matching cash', () => {
  let toys: ToyHost;
  beforeAll(async () => {
    toys = await ToyHost.open([orders]);
    toys.vendor('orders').rows = [order('1')];
  });
  afterAll(() => toys.close());

  const runs = () =>
    toys.warehouse.rows("select run_id, status from meta.run where kind = 'match' order by started_at");

  test('before anything is built there is nothing to look at', async () => {
    expect(await toys.run<MatchOutcome>('matchCash')).toEqual({ runId: expect.any(String) });
  });

  test('a sync that built models is followed by a run of its own, which looks at what changed', async () => {
    const handle = await toys.start('syncConnection', { build: true }, 'sync-then-match');
    const synced = (await handle.result()) as SyncResult;
    await keepHistory(toys.worker, 'syncConnection-match', 'sync-then-match');
    expect(synced).toMatchObject({ status: 'done', generation: 1 });
    const [, afterSync] = await runs();
    expect(afterSync).toMatchObject({ status: 'done' });
    const last = await toys.warehouse.rows('select run_id from ops.cash_suggestion');
    expect(last).toEqual([]);
  });

  test('asked for, it counts the lines that it saw and builds what reads them', async () => {
    const handle = await toys.start('matchCash', {}, 'match-by-hand');
    const outcome = (await handle.result()) as MatchOutcome;
    await keepHistory(toys.worker, 'matchCash', 'match-by-hand');
    expect(outcome.counts).toEqual({
      lines: 0,
      automatic: 0,
      strong: 0,
      check: 0,
      none: 0,
      automaticCny: '0.00',
    });
    expect((await runs()).at(-1)).toEqual({ run_id: outcome.runId, status: 'done' });
  });

  test('a generation that changed neither lines nor items is not looked at', async () => {
    expect(await toys.run<MatchOutcome>('matchCash', { generation: 1_000 })).not.toHaveProperty('counts');
  });
});
