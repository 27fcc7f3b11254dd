import { DuckDbWarehouse } from '../../warehouse';
import { bureauBudget } from './bureauBudget';

const call = (priceCny: string) => ({ service: 'ShixinCheck', priceCny, subject: '91330200MA2000001X' });

describe('the budget of paid calls', () => {
  let warehouse: DuckDbWarehouse;
  beforeEach(async () => {
    warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  });
  afterEach(() => warehouse.close());
  const booked = async () =>
    (await warehouse.rows('select price_cny from meta.bureau_call')).map((row) => row.price_cny);

  test('a call is booked before it is made, and the one that would pass the day cap is refused and not booked', async () => {
    const budget = bureauBudget(warehouse, 'qcc', { dayCny: '1.00', monthCny: '10.00' });
    await budget.spend(call('0.60'));
    await budget.spend(call('0.40'));
    await expect(budget.spend(call('0.01'))).rejects.toMatchObject({
      code: 'budget_exhausted',
      todo: 'The check goes on tomorrow',
    });
    expect(await booked()).toEqual(['0.6000', '0.4000']);
  });

  test('calls of other days count for the month only', async () => {
    await warehouse.run(
      "insert into meta.bureau_call select 'old', 'qcc', 's', 'x', 4.8, timezone('UTC', date_trunc('month', timezone('Asia/Shanghai', now())) at time zone 'Asia/Shanghai')",
    );
    const budget = bureauBudget(warehouse, 'qcc', { dayCny: '100.00', monthCny: '5.00' });
    await budget.spend(call('0.20'));
    await expect(budget.spend(call('0.10'))).rejects.toMatchObject({
      code: 'budget_exhausted',
      todo: 'The check goes on next month',
    });
  });

  test('two calls at once cannot share the last yuan', async () => {
    const budget = bureauBudget(warehouse, 'qcc', { dayCny: '1.00', monthCny: '10.00' });
    const results = await Promise.allSettled([budget.spend(call('0.60')), budget.spend(call('0.60'))]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('without caps nothing is spent', async () => {
    await expect(bureauBudget(warehouse, 'qcc', undefined).spend(call('0.10'))).rejects.toThrow(
      /No budget is set/,
    );
  });
});
