import { engines } from '../../test/support/engines';
import { customers, order, orders, STATUS, ToyQuarantine } from '../../test/support/toyQuarantine';
import type { Warehouse } from '../warehouse';
import { discard } from './discard';
import { listQuarantine, showQuarantine } from './listQuarantine';

describe.each(engines)('the quarantine on $engine', ({ open }) => {
  let toys: ToyQuarantine;
  let warehouse: Warehouse;
  beforeEach(async () => {
    warehouse = await open();
    toys = new ToyQuarantine(warehouse);
  });
  afterEach(async () => expect(await toys.close()).toEqual([]));

  test('lists every single reason with its records and their money; the total counts each record once', async () => {
    await toys.sync(orders(), [
      order('1'),
      order('2', { status: 'lost', amount: '5.00' }),
      order('3', { status: 'lost', amount: null }),
      order('4', { status: 'lost', amount: '7.50' }),
    ]);
    const { groups, ...total } = await listQuarantine(warehouse);
    expect(groups).toMatchObject([
      {
        connection: 'erp',
        stream: 'orders',
        reason: 'status: not one of open, paid',
        records: '3',
        amount_cny: '12.50',
      },
      { reason: 'amount: missing', records: '1', amount_cny: null },
    ]);
    expect(groups[0]?.contract_versions).toMatch(/^[0-9a-f]{12}$/);
    expect(total).toEqual({ records: 3, amountCny: '12.50' });
    const shown = await showQuarantine(warehouse, {
      connection: 'erp',
      stream: 'orders',
      reason: 'amount: missing',
      limit: 5,
    });
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({
      source_id: '3',
      reasons: 'amount: missing; status: not one of open, paid',
    });
    expect(JSON.parse(String(shown[0]?.raw))).toMatchObject({ id: '3', status: 'lost', amount: null });
  });

  test('a contract names its version in the quarantine and in meta, and an equal one gives the same', async () => {
    await toys.sync(orders(), [order('1', { status: 'lost' })]);
    await toys.sync(orders(), [order('2', { status: 'lost' })]);
    await toys.sync(orders(['open', 'shut']), [order('3', { status: 'lost' })]);
    const versions = await warehouse.rows(
      'select distinct contract_version from quarantine.record order by contract_version',
    );
    expect(versions).toHaveLength(2);
    const known = await warehouse.rows(
      'select version as contract_version from meta.stream_contract order by version',
    );
    expect(known).toEqual(versions);
  });

  test('a later good version resolves what waits, in the same transaction', async () => {
    await toys.sync(orders(), [order('1', { status: 'lost' }), order('2', { status: 'lost' })]);
    const syncId = await toys.sync(orders(), [
      order('1', { status: 'paid', changed: '2026-01-02T00:00:00Z' }),
    ]);
    expect(await toys.kept()).toMatchObject([
      { source_id: '1', resolution: 'superseded', resolved_by: syncId },
      { source_id: '2', resolution: null },
    ]);
  });

  test('an older good version resolves nothing: the vendor broke the record after it', async () => {
    await toys.sync(orders(), [order('1', { status: 'lost', changed: '2026-03-01T00:00:00Z' })]);
    await toys.sync(orders(), [order('1', { changed: '2026-01-01T00:00:00Z' })]);
    expect(await toys.kept()).toMatchObject([{ resolution: null }]);
  });

  test('inside one batch the newer version decides: by cursor, without one by place', async () => {
    await toys.sync(orders(), [
      order('1', { changed: '2026-01-02T00:00:00Z' }),
      order('1', { status: 'lost' }),
      order('2'),
      order('2', { status: 'lost', changed: '2026-01-02T00:00:00Z' }),
    ]);
    await toys.sync(customers(['A']), [
      { id: '8', name: 'x', level: 'Z' },
      { id: '8', name: 'x', level: 'A' },
      { id: '9', name: 'x', level: 'A' },
      { id: '9', name: 'x', level: 'Z' },
    ]);
    expect(await toys.kept()).toMatchObject([
      { source_id: '1', resolution: 'superseded' },
      { source_id: '2', resolution: null },
      { source_id: '8', resolution: 'superseded' },
      { source_id: '9', resolution: null },
    ]);
  });

  test('what was discarded stays so when the vendor sends the same again; who and why are kept', async () => {
    await toys.sync(orders(), [
      order('1', { status: 'lost' }),
      order('2', { status: 'lost', amount: '3.00' }),
    ]);
    const [first] = await warehouse.rows("select record_hash from quarantine.record where source_id = '1'");
    const request = { connection: 'erp', stream: 'orders', why: 'a test entry', by: 'anna' };
    const records = [String(first?.record_hash).slice(0, 10)];
    expect(await discard(warehouse, { ...request, records, isDryRun: true })).toEqual({
      records: 1,
      amountCny: '10.00',
    });
    expect(await discard(warehouse, { ...request, records, isDryRun: false })).toEqual({
      records: 1,
      amountCny: '10.00',
    });
    await toys.sync(orders(), [
      order('1', { status: 'lost' }),
      order('2', { status: 'lost', amount: '3.00' }),
    ]);
    expect((await listQuarantine(warehouse)).groups).toMatchObject([{ records: '1', amount_cny: '3.00' }]);
    expect((await listQuarantine(warehouse, { all: true })).groups).toMatchObject([
      { state: 'discarded', records: '1', resolved_by: 'anna', note: 'a test entry' },
      { state: 'waiting', records: '1' },
    ]);
    const reason = 'status: not one of open, paid';
    await discard(warehouse, { ...request, reason, isDryRun: false });
    expect((await listQuarantine(warehouse)).records).toBe(0);
    expect(await toys.replay(orders([...STATUS, 'lost']))).toMatchObject({ read: 0 });
  });

  test.each([
    [{ why: 'x' }, /either by a reason or by hashes/],
    [{ why: ' ', reason: 'r' }, /Say why/],
    [{ why: 'x', records: ["' or true"] }, /by its hash/],
    [{ why: 'x', records: ['00000000'] }, /with the hash 00000000/],
    [{ why: 'x', reason: 'no such' }, /no such/],
  ])('discarding %j is refused', async (what, message) => {
    await toys.sync(orders(), [order('1', { status: 'lost' })]);
    const request = { connection: 'erp', stream: 'orders', by: 'anna', isDryRun: false, ...what };
    await expect(discard(warehouse, request)).rejects.toThrow(message);
    expect((await listQuarantine(warehouse)).records).toBe(1);
  });
});
