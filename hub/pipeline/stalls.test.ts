import type { Warehouse } from '../../warehouse';
import { engines } from '../../test/support/engines';
import { ADMIN, type Person } from '../access/users';
import { listStalls, snooze, wake } from './stalls';

const TODAY = '2025-10-15';
const wang: Person = { id: 'E01', name: '王芳', role: 'sales', scope: 'own', regions: [] };
const li: Person = { id: 'E02', name: '李强', role: 'sales', scope: 'own', regions: [] };

describe.each(engines)('stalls on $name', ({ open }) => {
  let warehouse: Warehouse;
  beforeEach(async () => {
    warehouse = await open();
    await warehouse.transaction((session) =>
      warehouse.dialect.defineConstant(session, 'business_today', 'date', TODAY),
    );
    await warehouse.run('create schema if not exists marts');
    await warehouse.run(`create table marts.stalled (stall_id varchar, opportunity_id varchar, opportunity_name varchar,
      customer_id varchar, customer_name varchar, business_line varchar, stage_name varchar, amount_cny decimal(18, 2),
      expected_close_date date, last_movement_date date, last_movement_kind varchar, stall_days int, begun_date date,
      rls_owner varchar, rls_region varchar, owner_name varchar)`);
    for (const [id, name, amount, owner] of [
      ['crm:1', '年度框架', '10.00', 'E01'],
      ['crm:2', '备件包', '20.00', 'E01'],
      ['crm:3', '备件包', '30.00', 'E02'],
    ])
      await warehouse.run(
        `insert into marts.stalled values (?, ?, ?, 'c1', '甲公司', '精密零部件', '技术评审', cast(? as decimal(18, 2)),
           date '2025-12-01', date '2025-09-26', 'visit', 11, date '2025-10-12', ?, '华南', '某人')`,
        [`${id}@2025-09-26 07:00:00`, id ?? '', name ?? '', amount ?? '', owner ?? ''],
      );
  });
  afterEach(() => warehouse.close());

  const ids = async (person: Person, all = false) =>
    (await listStalls(warehouse, person, { all })).map(({ opportunity_id }) => opportunity_id);
  const put = (stall: string, until: string, reason = '客户停产检修', person = wang) =>
    snooze(warehouse, person, { stall, until, reason });

  test('each sees those of his rows, the largest first', async () => {
    expect(await ids(wang)).toEqual(['crm:2', 'crm:1']);
    expect(await ids(li)).toEqual(['crm:3']);
    expect(await ids(ADMIN)).toEqual(['crm:3', 'crm:2', 'crm:1']);
    expect(await listStalls(warehouse, ADMIN, { customer: '乙公司' })).toEqual([]);
  });

  test('a snoozed one is off the list at once, and back when it is woken', async () => {
    expect(await put('年度框架', '2025-11-14')).toMatchObject({ until: '2025-11-14', left: 1 });
    expect(await ids(wang)).toEqual(['crm:2']);
    expect(await ids(wang, true)).toEqual(['crm:2', 'crm:1']);
    await wake(warehouse, wang, 'crm:1');
    expect(await ids(wang)).toEqual(['crm:2', 'crm:1']);
    await expect(wake(warehouse, wang, 'crm:1')).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('twice, not a third time; a retry of the same act is no second one', async () => {
    const once = { id: 'act 1', stall: 'crm:1', until: '2025-10-20', reason: '客户停产检修' };
    await snooze(warehouse, wang, once);
    expect(await snooze(warehouse, wang, once)).toMatchObject({ left: 1 });
    expect(await put('crm:1', '2025-11-01')).toMatchObject({ left: 0 });
    await expect(put('crm:1', '2025-11-02')).rejects.toMatchObject({ code: 'not_allowed' });
    await wake(warehouse, wang, 'crm:1'); // the second one
    expect(await put('crm:1', '2025-11-02')).toMatchObject({ left: 0 });
  });

  test.each`
    what                         | stall      | until           | reason  | code
    ${'today'}                   | ${'crm:1'} | ${TODAY}        | ${'x'}  | ${'bad_request'}
    ${'31 days'}                 | ${'crm:1'} | ${'2025-11-15'} | ${'x'}  | ${'bad_request'}
    ${'no such day'}             | ${'crm:1'} | ${'2025-10-32'} | ${'x'}  | ${'bad_request'}
    ${'no reason'}               | ${'crm:1'} | ${'2025-10-20'} | ${'  '} | ${'bad_request'}
    ${"somebody else's"}         | ${'crm:3'} | ${'2025-10-20'} | ${'x'}  | ${'not_found'}
    ${'what is not on the list'} | ${'crm:9'} | ${'2025-10-20'} | ${'x'}  | ${'not_found'}
  `('$what is refused', async ({ stall, until, reason, code }) => {
    await expect(put(stall, until, reason)).rejects.toMatchObject({ code });
    expect(await warehouse.rows('select event_id from ops.event')).toEqual([]);
  });

  test('a name that two have must be an id', async () => {
    await expect(put('备件包', '2025-10-20', 'x', ADMIN)).rejects.toMatchObject({ code: 'bad_request' });
    expect(await put('备件包', '2025-10-20')).toMatchObject({ stallId: 'crm:2@2025-09-26 07:00:00' }); // he has one
  });
});
