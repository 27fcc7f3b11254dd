import { openShop } from '../../test/models/shop';
import { engines } from '../../test/support/engines';
import type { Warehouse } from '../warehouse';
import { type Computed, computedColumns, fillComputed } from './computed';

const shout: Computed = {
  version: 1,
  columns: { name: 'varchar', length: 'int', amount_cny: 'decimal(18, 2)', is_long: 'boolean' },
  compute: (rows) =>
    rows.map(({ name, amount }) => ({
      name: name === null || name === undefined ? null : `${String(name)}!`,
      length: String(name ?? '').length,
      amount_cny: amount ?? null,
      is_long: String(name ?? '').length > 4,
    })),
};

describe.each(engines)('a computed model on $name', ({ open }) => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  const filled = (select: string) =>
    warehouse.transaction(async (session) => {
      await session.run('drop table if exists core.shout');
      await fillComputed(session, warehouse.dialect, 'core.shout', shout, select);
      return session.rows('select * from core.shout order by length, name');
    });

  test('has the rows that its function gives, in the types it names', async () => {
    const rows = await filled(
      `select '甲,"乙"' as name, cast('12.30' as decimal(18, 2)) as amount union all select 'two' || chr(10) || 'lines', null union all select null, null`,
    );
    expect(rows).toEqual([
      { name: null, length: 0, amount_cny: null, is_long: false },
      { name: '甲,"乙"!', length: 5, amount_cny: '12.30', is_long: true },
      { name: 'two\nlines!', length: 9, amount_cny: null, is_long: true },
    ]);
  });

  test('is an empty table when nothing goes in', async () => {
    expect(await filled("select 'x' as name, null as amount where false")).toEqual([]);
  });

  test('is refused when it names a function that is not there', async () => {
    const shop = await openShop(warehouse);
    shop.write('models/core/note.sql', '-- what  Notes.\n-- computed nothing_such\nselect 1 as one');
    await expect(shop.build()).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringContaining('No function is called nothing_such'),
    });
  });
});

test('says what its columns come from: the one of the same name, else all', () => {
  const input = [
    { name: 'name', origins: new Set(['staging.customer.name']), isPlain: true },
    { name: 'amount', origins: new Set(['staging.customer.amount']), isPlain: true },
  ];
  const origins = computedColumns(shout, input).map(({ name, origins: from }) => [name, [...from]]);
  expect(origins).toEqual([
    ['name', ['staging.customer.name']],
    ['length', ['staging.customer.name', 'staging.customer.amount']],
    ['amount_cny', ['staging.customer.name', 'staging.customer.amount']],
    ['is_long', ['staging.customer.name', 'staging.customer.amount']],
  ]);
});
