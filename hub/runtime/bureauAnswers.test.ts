import type { PaidCall } from '../../connectors/kit';
import { engines } from '../../test/support/engines';
import type { Warehouse } from '../../warehouse';
import { bureauBudget, type Caps, spentOf } from './bureauBudget';

const CAPS: Caps = { dayCny: '10.00', monthCny: '100.00' };

describe.each(engines)('paid calls and their answers over $name', ({ open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  /** A run of a connection of its own, at a time in China. */
  const budgetOf = (
    connection: string,
    runId: string,
    { caps = CAPS, clock = '2026-03-02T12:00', maxCalls = 1_000 } = {},
  ) =>
    bureauBudget(warehouse, connection, caps, {
      run: { runId, maxCalls },
      now: () => new Date(`${clock}:00+08:00`),
    });
  const call = (subject: string, more: Partial<PaidCall> = {}): PaidCall => ({
    service: 'ShixinCheck',
    priceCny: '4.00',
    subject,
    page: 1,
    checkedAt: '2026-03-02T04:00:00.000Z',
    freshFrom: '2025-12-03',
    ...more,
  });
  const answer = (text: string, checkedAt = '2026-03-02T04:00:00.000Z') => ({
    body: { Result: text },
    calls: 1,
    checkedAt,
  });
  const spent = async (connection: string) => {
    const [row] = await warehouse.rows(
      'select count(*) as calls, cast(sum(price_cny) as varchar) as cost from meta.bureau_call where connection = ?',
      [connection],
    );
    return `${Number(row?.calls)} ${String(row?.cost)}`;
  };

  test('an answer that was kept is not paid for again, whoever asks, until its period is over', async () => {
    const first = budgetOf('kept', 'run 1');
    expect(await first.bought?.(call('A'))).toBeUndefined();
    expect(await first.spend(call('A'))).toBeUndefined();
    await first.keep?.(call('A'), answer('nothing found'));
    const later = budgetOf('kept', 'run 2'); // after a kill: nothing of it was loaded
    expect(await later.bought?.(call('A'))).toEqual(answer('nothing found'));
    expect(await later.spend(call('A'))).toBe('asked');
    const nextPeriod = call('A', { freshFrom: '2026-03-03' });
    expect(await later.bought?.(nextPeriod)).toBeUndefined();
    expect(await later.spend(nextPeriod)).toBeUndefined();
    expect(await spent('kept')).toBe('2 8.0000');
  });

  test('while one run waits for an answer, another does not ask; when its process died, the question is free again', async () => {
    const one = budgetOf('waiting', 'run 1');
    const other = budgetOf('waiting', 'run 2', { clock: '2026-03-02T12:02' });
    expect(await one.spend(call('A'))).toBeUndefined();
    expect(await other.spend(call('A'))).toBe('asked');
    expect(await one.spend(call('A'))).toBeUndefined(); // its own call was lost and is repeated
    const afterwards = budgetOf('waiting', 'run 2', { clock: '2026-03-02T12:04' });
    await expect(afterwards.spend(call('A'))).rejects.toMatchObject({ code: 'budget_exhausted' }); // free, but 12 > 10
  });

  test('two runs at once share the caps, and no question is asked by both', async () => {
    const runs = ['run 1', 'run 2'].map((runId) => budgetOf('both', runId));
    const results = await Promise.allSettled(
      runs.flatMap((budget) => ['A', 'B', 'C'].map((subject) => budget.spend(call(subject)))),
    );
    const booked = results.filter((result) => result.status === 'fulfilled' && result.value === undefined);
    expect(booked).toHaveLength(2);
    expect(await spent('both')).toBe('2 8.0000'); // the third would be 12.00
  });

  test('the day ends at midnight in China, and so does the month', async () => {
    const caps = { dayCny: '4.00', monthCny: '8.00' };
    const at = (clock: string) => budgetOf('midnight', 'run', { caps, clock });
    expect(await at('2026-03-30T23:59').spend(call('A'))).toBeUndefined();
    await expect(at('2026-03-30T23:59').spend(call('B'))).rejects.toMatchObject({
      todo: 'The check goes on tomorrow',
    });
    expect(await at('2026-03-31T00:00').spend(call('B'))).toBeUndefined();
    await expect(at('2026-03-31T23:59').spend(call('C'))).rejects.toMatchObject({
      todo: 'The check goes on next month',
    });
    expect(await at('2026-04-01T00:00').spend(call('C'))).toBeUndefined(); // 16:00 UTC on the last of March
    const april = await spentOf(warehouse, 'midnight', '2026-03-31 16:00:00');
    expect(april).toEqual({ dayCny: '4.0000', monthCny: '4.0000', dayCalls: 1, monthCalls: 1 });
  });

  test('caps may count calls, and a run may have a limit of its own that a retry goes on counting', async () => {
    const caps = { ...CAPS, dayCalls: 2, monthCalls: 3 };
    const at = (clock: string, maxCalls = 9) => budgetOf('calls', 'run', { caps, clock, maxCalls });
    expect(await at('2026-03-02T12:00', 1).spend(call('A', { priceCny: '0.10' }))).toBeUndefined();
    await expect(at('2026-03-02T12:01', 1).spend(call('B', { priceCny: '0.10' }))).rejects.toThrow(
      /limit of 1 calls/,
    );
    expect(await at('2026-03-02T12:01').spend(call('B', { priceCny: '0.10' }))).toBeUndefined();
    await expect(at('2026-03-02T12:01').spend(call('C', { priceCny: '0.10' }))).rejects.toThrow(
      /day's cap of 2 calls/,
    );
    expect(await at('2026-03-03T00:00').spend(call('C', { priceCny: '0.10' }))).toBeUndefined();
    await expect(at('2026-03-03T00:00').spend(call('D', { priceCny: '0.10' }))).rejects.toThrow(
      /month's cap of 3 calls/,
    );
  });
});
