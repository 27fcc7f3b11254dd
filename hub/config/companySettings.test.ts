import { engines } from '../../test/support/engines';
import type { Warehouse } from '../../warehouse';
import { keepCompanySettings } from './companySettings';

const calendar = [{ day: '2026-02-12', isWorkday: false, reason: '工厂提前放假' }];
const retention = [{ customer: '砺川传动', percent: '5', months: 12 }];

describe.each(engines)('settings of the company on $name', ({ open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  const writes = async () =>
    (await warehouse.rows("select writes from meta.written_table where table_name = 'ops.retention_rule'"))[0]
      ?.writes;

  test('stand in tables that models read, and are written only when they differ', async () => {
    await keepCompanySettings(warehouse, { calendar: [], retention: [] });
    expect(await writes()).toBeUndefined();
    await keepCompanySettings(warehouse, { calendar, retention });
    expect(
      await warehouse.rows(
        'select cast(day as varchar) as day, is_workday, reason from ops.calendar_override',
      ),
    ).toEqual([{ day: '2026-02-12', is_workday: false, reason: '工厂提前放假' }]);
    expect(await warehouse.rows('select customer, percent, months from ops.retention_rule')).toEqual([
      { customer: '砺川传动', percent: '5.00', months: 12 },
    ]);
    expect(Number(await writes())).toBe(1);
    await keepCompanySettings(warehouse, {
      calendar,
      retention: [{ ...retention[0], percent: '5.0' } as never],
    });
    expect(Number(await writes())).toBe(1);
    await keepCompanySettings(warehouse, { calendar, retention: [] });
    expect(await warehouse.rows('select * from ops.retention_rule')).toEqual([]);
    expect(Number(await writes())).toBe(2);
  });
});
