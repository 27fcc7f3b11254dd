import { compareSequence, INCREMENTAL, PLAIN } from '../../test/models/incrementalShop';
import { openShop, SHOP, type Shop } from '../../test/models/shop';
import { engines } from '../../test/support/engines';
import type { BuildResult } from './build';

const howBuilt = ({ models }: BuildResult) =>
  models.map(({ model, method, changedKeys }) => [model, method, changedKeys]);

describe.each(engines)('incremental models on $name', ({ open }) => {
  const shops: Shop[] = [];
  const opened = async (files: Readonly<Record<string, string>> = INCREMENTAL) => {
    const shop = await openShop(await open(), files);
    shops.push(shop);
    return shop;
  };
  afterEach(async () => {
    for (const shop of shops.splice(0)) await shop.close();
  });

  test.each([
    { seed: 11, files: INCREMENTAL },
    { seed: 47, files: PLAIN },
  ])('hold what a full build gives, whatever changed, in sequence $seed', async ({ seed, files }) => {
    const { difference, incrementalBuilds } = await compareSequence(
      await opened(files),
      await opened(files),
      seed,
      5,
    );
    expect(difference).toBeUndefined();
    expect(incrementalBuilds).toBeGreaterThan(3);
  });

  test('compute only the keys that a change reaches', async () => {
    const shop = await opened();
    await shop.put(
      'customers',
      ...Array.from({ length: 10 }, (_, n) => ({ id: `c${n}`, name: 'x', region: 'north' })),
    );
    await shop.put(
      'orders',
      ...Array.from({ length: 30 }, (_, n) => ({ id: `o${n}`, customer: `c${n % 10}`, amount: '1.00' })),
    );
    expect(howBuilt(await shop.build()).map(([, method]) => method)).toEqual([
      'full',
      'full',
      'full',
      'full',
    ]);
    await shop.put('orders', { id: 'o3', customer: 'c4', amount: '1.00' });
    expect(howBuilt(await shop.build())).toEqual([
      ['core.sales_order', 'incremental', 1],
      ['marts.customer_total', 'incremental', 2], // whom the order left, whom it came to
      ['marts.region_total', 'full', null],
    ]);
    await shop.put('customers', { id: 'c5', name: 'x', region: 'south' });
    expect(howBuilt(await shop.build())).toEqual([
      ['core.customer', 'full', null],
      ['core.sales_order', 'incremental', 3],
      ['marts.customer_total', 'incremental', 1],
      ['marts.region_total', 'full', null],
    ]);
    await shop.remove('orders', 'o3');
    await shop.build();
    expect(await shop.rows("select count(*) as n from core.sales_order where source_id = 'o3'")).toEqual([
      { n: '0' },
    ]);
  });

  test.each([
    ['another day', (shop: Shop) => shop.build({ asOfDate: '2026-04-01' })],
    ['asked for', (shop: Shop) => shop.build({ isAll: true })],
    [
      'other files or connections',
      (shop: Shop) => {
        shop.write('models/core/customer.sql', `${SHOP['models/core/customer.sql'] ?? ''} where name <> ''`);
        return shop.build();
      },
    ],
    [
      'staging.sales_order of shop is not row by row',
      async (shop: Shop) => {
        const text = `${INCREMENTAL['connectors/shop/staging/sales_order.sql'] ?? ''}`;
        shop.write(
          'connectors/shop/staging/sales_order.sql',
          text.replace('orders.amount as', 'sum(orders.amount) over (partition by orders.id) as'),
        );
        await shop.build();
        await shop.put('orders', { id: 'o1', customer: 'c1', amount: '2.00' });
        return shop.build();
      },
    ],
    [
      'core.customer was built alone',
      async (shop: Shop) => {
        await shop.put('customers', { id: 'c1', name: 'y', region: 'south' });
        await shop.build({ select: ['core.customer'] });
        return shop.build();
      },
    ],
    [
      'a large part changed',
      async (shop: Shop) => {
        await shop.put(
          'orders',
          ...Array.from({ length: 8 }, (_, n) => ({ id: `o${n}`, customer: 'c1', amount: '3.00' })),
        );
        return shop.build();
      },
    ],
  ])('are built whole when it is not sure what a change reaches: %s', async (reason, build) => {
    const shop = await opened();
    await shop.put('customers', { id: 'c1', name: 'x', region: 'north' });
    await shop.put(
      'orders',
      ...Array.from({ length: 12 }, (_, n) => ({ id: `o${n}`, customer: 'c1', amount: '1.00' })),
    );
    await shop.build();
    const { generation, models } = await build(shop);
    const order = models.find(({ model }) => model === 'core.sales_order');
    expect(order).toMatchObject({ method: 'full', reason });
    expect(
      await shop.rows(
        `select reason from meta.model_run where generation = ${generation} and model = 'core.sales_order'`,
      ),
    ).toEqual([{ reason }]);
  });

  test('that fail a test leave the old rows', async () => {
    const shop = await opened();
    await shop.put(
      'customers',
      ...Array.from({ length: 8 }, (_, n) => ({ id: `c${n}`, name: 'x', region: 'north' })),
    );
    await shop.put(
      'orders',
      ...Array.from({ length: 20 }, (_, n) => ({ id: `o${n}`, customer: `c${n % 8}`, amount: '1.00' })),
    );
    await shop.build();
    shop.write(
      'models/tests/totals_add_up.sql',
      `-- what  No order is large.\n-- sources  core.sales_order\nselect * from core.sales_order where amount_cny > 100`,
    );
    await shop.put('orders', { id: 'o1', customer: 'c1', amount: '999.00' });
    await expect(shop.build()).rejects.toThrow('No order is large. Not so for 1 row');
    expect(await shop.rows('select max(amount_cny) as most from core.sales_order')).toEqual([
      { most: '1.00' },
    ]);
    expect(await shop.rows('select max(amount_cny) as most from marts.customer_total')).toEqual([
      { most: '3.00' },
    ]);
  });

  test.each([
    ['key id; changed since core.nothing', 'it does not read core.nothing'],
    ['key sales_order_id; changed since staging.sales_order', 'told apart by connection and source_id only'],
    [
      'key connection, source_id; changed since core.customer via customer_ref',
      'the first source must carry the key',
    ],
    ['connection, source_id', 'The incremental line cannot be read'],
  ])('refuse a header that says %s', async (text, problem) => {
    const sql = `${INCREMENTAL['models/core/sales_order.sql'] ?? ''}`.replace(
      /-- incremental.*/,
      `-- incremental  ${text}`,
    );
    const shop = await opened({ ...INCREMENTAL, 'models/core/sales_order.sql': sql });
    await expect(shop.build()).rejects.toThrow(problem);
  });
});
