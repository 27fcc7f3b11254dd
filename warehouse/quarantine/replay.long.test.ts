import { engines } from '../../test/support/engines';
import { killAtStatement } from '../../test/support/killAtStatement';
import { customers, order, orders, STATUS, ToyQuarantine } from '../../test/support/toyQuarantine';
import { tableHash } from '../tableHash';
import type { Warehouse } from '../warehouse';
import { listQuarantine, showQuarantine } from './listQuarantine';

describe.each(engines)('a replay on $engine', ({ open }) => {
  let toys: ToyQuarantine;
  let warehouse: Warehouse;
  beforeEach(async () => {
    warehouse = await open();
    toys = new ToyQuarantine(warehouse);
  });
  afterEach(async () => expect(await toys.close()).toEqual([]));

  test('a dry run tells what a replay would do and commits nothing; the replay then does it, once', async () => {
    await toys.sync(orders(), [
      order('1'),
      order('2', { status: 'lost' }),
      order('3', { status: 'lost', amount: 'x' }),
    ]);
    const before = await toys.kept();
    const fixed = orders([...STATUS, 'lost']);
    const expected = {
      read: 2,
      loaded: 1,
      unchanged: 0,
      quarantined: 1,
      reasons: { 'amount: not an amount with at most two decimals': 1 },
    };
    expect(await toys.replay(fixed, { isDryRun: true })).toMatchObject(expected);
    expect(await toys.kept()).toEqual(before);
    expect(await toys.stored()).toHaveLength(1);
    const state = await warehouse.streamState('erp', 'orders');

    const { runId, ...result } = await toys.replay(fixed);
    expect(result).toEqual(expected);
    expect(await toys.stored()).toMatchObject([{ id: '1' }, { id: '2', amount: '10.00', status: 'lost' }]);
    expect(await toys.kept()).toMatchObject([
      { source_id: '2', resolution: 'replayed', resolved_by: runId },
      { source_id: '3', resolution: null, reasons: 'amount: not an amount with at most two decimals' },
    ]);
    expect(await toys.figures(runId)).toEqual([2, 1, 0, 1]);
    expect(await warehouse.streamState('erp', 'orders')).toEqual(state);
    const again = await toys.replay(fixed);
    expect(again).toMatchObject({ read: 1, loaded: 0, unchanged: 0, quarantined: 1 });
    expect(await toys.stored()).toHaveLength(2);
  });

  test('what is still bad keeps when the vendor sent it', async () => {
    await toys.sync(orders(), [order('1', { status: 'lost' })]);
    const when = 'select first_seen_at, last_seen_at, sync_id from quarantine.record';
    const before = await warehouse.rows(when);
    await toys.replay(orders(['shut']));
    expect(await warehouse.rows(when)).toEqual(before);
  });

  test('a replayed old record never overwrites a newer stored one', async () => {
    await toys.sync(orders(), [order('1', { status: 'lost' })]);
    await warehouse.run("update quarantine.record set source_id = 'hidden from the sync'"); // as a data folder of before
    await toys.sync(orders(), [order('1', { amount: '99.00', changed: '2026-02-01T00:00:00Z' })]);
    await warehouse.run("update quarantine.record set source_id = '1'");
    const { runId, ...result } = await toys.replay(orders([...STATUS, 'lost']));
    expect(result).toMatchObject({ read: 1, loaded: 0, unchanged: 1 });
    expect(await toys.stored()).toMatchObject([{ id: '1', amount: '99.00', status: 'open' }]);
    expect(await toys.kept()).toMatchObject([{ resolution: 'superseded', resolved_by: runId }]);
  });

  test('two bad versions of one record: the newer one is what stands there after a replay', async () => {
    await toys.sync(orders(), [order('1', { status: 'lost', amount: '1.00' })]);
    await toys.sync(orders(), [
      order('1', { status: 'lost', amount: '2.00', changed: '2026-02-01T00:00:00Z' }),
    ]);
    const { runId, ...result } = await toys.replay(orders([...STATUS, 'lost']));
    expect(result).toMatchObject({ read: 2, loaded: 1, unchanged: 1 });
    expect(await toys.stored()).toMatchObject([{ amount: '2.00' }]);
    expect(await toys.kept()).toMatchObject([
      { resolution: 'superseded', resolved_by: runId },
      { resolution: 'replayed', resolved_by: runId },
    ]);
  });

  test('without a cursor the version that was seen last wins, also when it is replayed first', async () => {
    const before = customers(['A']);
    await toys.sync(before, [{ id: '1', name: 'old', level: 'B' }]);
    await toys.sync(before, [{ id: '1', name: 'new', level: 'C' }]);
    const fixed = customers(['A', 'B', 'C']);
    expect(await toys.replay(fixed, { reason: 'level: not one of A' })).toMatchObject({
      read: 2,
      loaded: 1,
      unchanged: 1,
    });
    expect(await warehouse.rows('select name, level from raw.erp__customers')).toEqual([
      { name: 'new', level: 'C' },
    ]);
  });

  test('a replay killed at any statement leaves everything as it was; the next one does all of it', async () => {
    const rows = [
      order('1', { status: 'lost' }),
      order('2', { status: 'lost' }),
      order('3', { amount: 'x' }),
    ];
    await toys.sync(orders(), [order('0'), ...rows]);
    const fixed = orders([...STATUS, 'lost']);
    const before = { kept: await toys.kept(), hash: await tableHash(warehouse, 'erp', 'orders') };
    const runId = await toys.begin('replay', fixed);
    let statements = 0;
    for (; ; statements++) {
      const restore = killAtStatement(statements);
      const killed = await toys.replay(fixed, { runId }).catch((error: unknown) => error);
      restore();
      if (!(killed instanceof Error)) break;
      expect(killed.message).toBe('killed');
      const now = { kept: await toys.kept(), hash: await tableHash(warehouse, 'erp', 'orders') };
      const isDone = now.hash.rows === 3; // the kill came after the commit
      if (!isDone) expect(now).toEqual(before);
      expect(await toys.figures(runId)).toEqual(isDone ? [3, 2, 0, 1] : [0, 0, 0, 0]);
    }
    expect(await toys.figures(runId)).toEqual([3, 2, 0, 1]);
    expect(statements).toBeGreaterThan(20);
    expect((await toys.kept()).map(({ resolution }) => resolution)).toEqual(['replayed', 'replayed', null]);
    expect(await toys.stored()).toHaveLength(3);
  });

  test('odd payloads come back byte for byte: Chinese, emoji, quotes, a megabyte; the same line twice is one record', async () => {
    const odd = {
      说明: '苏州（昆山）🏭 "引号" \\ \u2028 \t',
      'a.b"c': [{ 金额: '1.10' }],
      big: '长'.repeat(350_000),
    };
    const bad = order('1', { status: '丢失', ...odd });
    await toys.sync(orders(), [bad, bad, order('2')]);
    const [record] = await showQuarantine(warehouse, { connection: 'erp', stream: 'orders', limit: 9 });
    expect(JSON.parse(String(record?.raw))).toEqual(bad);
    expect(await toys.replay(orders([...STATUS, '丢失']))).toMatchObject({ read: 1, loaded: 1 });
    const [row] = await warehouse.rows("select _extra from raw.erp__orders where id = '1'");
    expect(JSON.parse(String(row?._extra))).toEqual(odd);
    const hash = await tableHash(warehouse, 'erp', 'orders');
    await toys.sync(orders([...STATUS, '丢失']), [bad, order('2')]);
    expect(await tableHash(warehouse, 'erp', 'orders')).toEqual(hash);
  });

  test('replays and syncs at the same time leave each key once, and each run adds up', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => String(index));
    await toys.sync(
      orders(),
      ids.map((id) => order(id, { status: 'lost' })),
    );
    const fixed = orders([...STATUS, 'lost']);
    const newer = ids
      .slice(0, 100)
      .map((id) => order(id, { changed: '2026-02-01T00:00:00Z', amount: '20.00' }));
    const runs = await Promise.all([
      toys.replay(fixed).then(({ runId }) => runId),
      toys.sync(fixed, newer.slice(0, 50), newer.slice(50)),
      toys.replay(fixed).then(({ runId }) => runId),
    ]);
    const stored = await toys.stored();
    expect(new Set(stored.map(({ id }) => id)).size).toBe(200);
    expect(stored).toHaveLength(200);
    expect(stored.filter(({ amount }) => amount === '20.00')).toHaveLength(100);
    expect((await listQuarantine(warehouse)).records).toBe(0);
    for (const runId of runs) {
      const [read, loaded, unchanged, quarantined] = await toys.figures(runId);
      expect(Number(loaded) + Number(unchanged) + Number(quarantined)).toBe(read);
    }
  });

  test('ten thousand and more are replayed in batches, and add up', async () => {
    const many = Array.from({ length: 12_345 }, (_, index) =>
      order(String(index), { status: index % 5 === 0 ? 'void' : 'lost' }),
    );
    await toys.sync(orders(), many);
    const { runId, ...result } = await toys.replay(orders([...STATUS, 'lost']));
    expect(result).toMatchObject({ read: 12_345, loaded: 9_876, unchanged: 0, quarantined: 2_469 });
    expect(await toys.figures(runId)).toEqual([12_345, 9_876, 0, 2_469]);
    const [run] = await warehouse.rows('select batches from meta.run_stream where run_id = ?', [runId]);
    expect(Number(run?.batches)).toBe(2);
    expect((await listQuarantine(warehouse)).groups).toMatchObject([
      { reason: 'status: not one of open, paid, lost', records: '2469', amount_cny: '24690.00' },
    ]);
  });
});
