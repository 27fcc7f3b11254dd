import { fxiaoke } from '../../connectors/fxiaoke';
import { FxiaokeSandbox } from '../../connectors/fxiaoke/sandbox';
import { seedTenant } from './fxiaokeTenant';
import { type Loaded, loaded } from './loaded';

describe('Fxiaoke records as canonical entities', () => {
  const sandbox = new FxiaokeSandbox({ callsPer20Seconds: 10_000 });
  let warehouse: Loaded;
  beforeAll(async () => {
    await sandbox.start();
    seedTenant(sandbox);
    const { appId, appSecret, permanentCode } = sandbox.options;
    warehouse = await loaded(fxiaoke, {
      baseUrl: sandbox.baseUrl,
      appId,
      appSecret,
      permanentCode,
      userId: '1000',
      opportunityLogObject: 'OpportunityChange__c',
    });
  });
  afterAll(async () => {
    await warehouse.close();
    await sandbox.stop();
  });

  const table = async (entity: string, columns: string, order = 'source_id') => {
    const rows = await warehouse.rows(`select ${columns} from staging.${entity} order by ${order}`);
    return rows.map((row) => Object.values(row).map(String).join(' | '));
  };

  test('no record went to quarantine', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
  });

  test('customers: class from the label, owner from a list, region from the department', async () => {
    const columns =
      'source_id, name, short_name, credit_code, customer_class, owner_ref, region, kind, declared_yearly_purchase_cny, is_internal, is_deleted, created_date';
    expect(await table('customer', columns)).toEqual([
      'a1 | 苏州甲机械有限公司 | 苏州甲 | 91320500MA1XXXXX0A | B | 1001 | 华东一区 | crm | 500000.00 | false | false | 2026-01-05',
      'a2 | 内部公司 | null | null | null | null | null | crm | null | true | false | 2026-01-05',
    ]);
  });

  test('employees: role from the title, region for those who sell, the superior by number', async () => {
    expect(await table('employee', 'source_id, employee_number, name, region, role, manager_number')).toEqual(
      [
        '1000 | M001 | 王经理 | null | manager | null',
        '1001 | S001 | 李工 | 华东一区 | sales | M001',
        '1002 | R001 | 张区 | 华东一区 | region_manager | M001',
        '1003 | F001 | 钱会计 | null | finance | null',
      ],
    );
  });

  test('territories are half-open', async () => {
    expect(
      await table('territory_assignment', 'customer_ref, owner_ref, region, valid_from, valid_to'),
    ).toEqual(['a1 | 1001 | 华东一区 | 2026-01-01 | 2026-07-01', 'a1 | 1002 | 华东二区 | 2026-07-01 | null']);
  });

  test('opportunities: status from labels, the day of closing in China', async () => {
    const columns =
      'source_id, customer_ref, owner_ref, amount_cny, stage_key, status, expected_close_date, closed_date, lost_reason, business_line';
    expect(await table('opportunity', columns)).toEqual([
      'o1 | a1 | 1001 | 100000.50 | s1 | open | 2026-03-31 | null | null | 轴承',
      'o2 | a1 | 1001 | 100000.50 | s3 | won | 2026-03-31 | 2026-02-10 | null | null',
      'o3 | a1 | 1001 | 100000.50 | s4 | lost | 2026-03-31 | 2026-02-11 | 交期 | null',
      'o4 | a1 | 1001 | 100000.50 | s1 | invalid | 2026-03-31 | null | null | null',
    ]);
  });

  test('stages keep the order of their options', async () => {
    expect(
      await table('stage', 'stage_order, stage_key, stage_name, is_won, is_lost', 'stage_order'),
    ).toEqual([
      '1 | s1 | 技术评审 | false | false',
      '2 | s2 | 商务谈判 | false | false',
      '3 | s3 | 赢单 | true | false',
      '4 | s4 | 输单 | false | true',
    ]);
  });

  test('activities: what they are about, in list or lookup; an unknown or planned one is no contact', async () => {
    const columns = 'source_id, customer_ref, opportunity_ref, owner_ref, activity_type, note, occurred_at';
    expect(await table('activity', columns)).toEqual([
      'v1 | a1 | o1 | 1001 | visit | 看样 | 2026-01-05 01:00:00',
      'v2 | a1 | null | 1001 | message_in | null | 2026-01-04 12:00:00',
      'v3 | null | o1 | 1001 | internal_note | null | 2026-01-05 01:00:00',
      'v4 | null | null | 1001 | planned | null | 2026-01-05 01:00:00',
    ]);
  });

  test('statements: thread, subject, who said it, when', async () => {
    const columns =
      'source_id, thread_key, subject_kind, subject_number, stated_by_ref, certainty, amount_cny, is_withdrawn, expected_date, stated_at';
    expect(await table('forecast_statement', columns)).toEqual([
      'f1 | t1 | document | AR20 | 1001 | confirmed | 180000.00 | false | 2026-07-24 | 2026-06-30 09:00:00',
      'f2 | 1002/a1/none/ | none | null | 1002 | promised | 50000.00 | true | 2026-07-24 | 2026-06-30 09:00:00',
    ]);
  });

  const changes = () =>
    table(
      'opportunity_change',
      'opportunity_ref, sequence, precision, amount_cny, expected_close_date, status, changed_at',
      'opportunity_ref, sequence',
    );
  const exactChanges = [
    'o2 | 0 | exact | 80000.00 | 2026-03-01 | null | 2026-01-05 01:00:00', // as it was created
    'o2 | 1 | exact | null | 2026-03-31 | null | 2026-02-01 01:00:00',
    'o2 | 2 | exact | 100000.50 | null | null | 2026-02-03 01:00:00',
  ];

  test('changes of amount and expected close: exact from the log object, with the values before the first', async () => {
    expect(await changes()).toEqual(exactChanges);
  });

  test('stage changes: exact from the history object, else what the syncs saw', async () => {
    const columns = 'opportunity_ref, from_stage_key, to_stage_key, precision, sequence';
    const exact = ['o2 | null | s1 | exact | 1', 'o2 | s1 | s3 | exact | 2'];
    expect(await table('stage_change', columns, 'opportunity_ref, sequence')).toEqual(exact);
    const moved = { account_id: 'a1', owner: ['1001'], amount: '1', name: '开', sales_status: '1' };
    sandbox.seed('NewOpportunityObj', [
      { _id: 'o1', ...moved, sales_stage: 's2' },
      { _id: 'o2', ...moved, sales_stage: 's2' },
    ]);
    await warehouse.sync();
    expect(await table('stage_change', columns, 'opportunity_ref, sequence')).toEqual([
      'o1 | s1 | s2 | snapshot | 2',
      ...exact, // o2 has a history of its own
    ]);
    // the log says more than our syncs saw of o2; of o1 they saw one change, and what was before it
    expect((await changes()).map((line) => line.replace(/ \| [^|]*$/, ''))).toEqual([
      'o1 | 1 | snapshot | 100000.50 | 2026-03-31 | null',
      'o1 | 2 | snapshot | 1.00 | null | open',
      ...exactChanges.map((line) => line.replace(/ \| [^|]*$/, '')),
    ]);
  });
});
