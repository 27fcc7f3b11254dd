import { keepHistory, ToyHost } from '../test/support/toyHost';
import { order, orders } from '../test/support/toyVendor';
import type { FreezeResult } from './messages';

/** HEA-7 through the real server: what two red months suggest, once, whatever became of the runs before. */
describe('freezing months', () => {
  let toys: ToyHost;
  beforeAll(async () => {
    toys = await ToyHost.open([orders]);
    toys.vendor('orders').rows = [order('1')];
    await toys.run('syncConnection', { build: true });
    await toys.warehouse.transaction(async (session) => {
      for (const month of ['2026-01', '2026-02'])
        await session.run(
          `insert into ops.frozen_customer_health (month, version, customer_id, customer_name, month_end, colour, rls_owner, rls_region)
           values (?, 1, 'erp:c1', '客户', month_end(cast(? as date)), 'red', 'unassigned', 'unassigned')`,
          [month, `${month}-01`],
        );
      // a run that was killed after its freeze and before its build
      await session.run(
        "insert into ops.frozen_month values ('customer_health', '2026-02', 1, utc_now(), utc_now(), 1, 'killed')",
      );
    });
  });
  afterAll(() => toys.close());

  const raised = () =>
    toys.warehouse.rows(
      "select event_id, json_text(body, 'month') as month from ops.event where kind = 'suggestion.raised'",
    );

  test('what a run that died had frozen is made up for, and is suggested once', async () => {
    const handle = await toys.start('freezeMonth', {}, 'freeze-and-suggest');
    expect(await handle.result()).toMatchObject({ suggestions: 1 });
    await keepHistory(toys.worker, 'freezeMonth-suggest', 'freeze-and-suggest');
    expect((await toys.run<FreezeResult>('freezeMonth')).suggestions).toBe(0);
    await toys.warehouse.run(
      `insert into ops.frozen_customer_health (month, version, customer_id, customer_name, month_end, colour, rls_owner, rls_region)
       values ('2025-12', 1, 'erp:c1', '客户', date '2025-12-31', 'red', 'unassigned', 'unassigned')`,
    );
    await toys.run('buildModels', { isAll: true });
    expect(await toys.warehouse.rows('select first_month, second_month from marts.two_reds')).toEqual([
      { first_month: '2025-12', second_month: '2026-01' }, // the same streak, begun a month earlier
    ]);
    expect((await toys.run<FreezeResult>('freezeMonth')).suggestions).toBe(0);
    expect(await raised()).toEqual([
      { event_id: 'suggestion/replacement_plan/erp:c1/2026-02', month: '2026-02' },
    ]);
    expect(await toys.warehouse.rows('select customer_id, state from marts.suggestion')).toEqual([
      { customer_id: 'erp:c1', state: 'open' },
    ]);
  });
});
