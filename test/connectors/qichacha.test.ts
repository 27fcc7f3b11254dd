import type { Connector } from '../../connectors/kit';
import { qichacha } from '../../connectors/qichacha';
import { QichachaSandbox } from '../../connectors/qichacha/sandbox';
import { type Loaded, loaded } from './loaded';

const ONE = '91320500MA1AAAAA01';
const NAME = '苏州甲机械有限公司';
const FIRST_DAY = Date.parse('2026-03-02T04:00:00Z');
const NINETY_DAYS = 90 * 86_400_000;

describe('Qichacha answers as canonical entities', () => {
  const clock = { now: FIRST_DAY };
  const now = () => new Date(clock.now);
  const sandbox = new QichachaSandbox({ now: () => clock.now });
  const onThatDay: Connector = {
    ...qichacha,
    connect: (config, kit) => qichacha.connect(config, { ...kit, now }),
  };
  let warehouse: Loaded;

  beforeAll(async () => {
    await sandbox.start();
    sandbox.seed('companies', [{ creditCode: ONE, name: NAME, formerNames: ['苏州老甲机械有限公司'] }]);
    sandbox.seed('ShixinCheck', [
      {
        company: ONE,
        Id: 's1',
        Publicdate: '2026-02-01',
        Anno: '(2026)苏05执12号',
        Amount: '12.5万元',
        ActionRemark: '拒不履行',
      },
      { company: ONE, Id: 's2', Publicdate: '2026-01-15', Anno: '(2026)苏05执3号', Amount: '8000' },
    ]);
    sandbox.seed('ExceptionCheck', [
      { company: ONE, AddDate: '2025-01-01', AddReason: '未公示年报', RemoveDate: '2025-06-01' },
    ]);
    sandbox.seed('ActualControl', [{ company: ONE, Name: '王某', KeyNo: 'p1' }]);
    const { appKey, secretKey } = sandbox.options;
    const companies = [
      { creditCode: ONE, name: '苏州老甲机械有限公司' },
      { creditCode: '91320500MA1ZZZZZ09', name: '查无此司' },
    ];
    const services = ['ShixinCheck', 'ExceptionCheck', 'ActualControl'];
    warehouse = await loaded(onThatDay, { baseUrl: sandbox.baseUrl, appKey, secretKey, services, companies });
  });
  afterAll(async () => {
    await warehouse.close();
    await sandbox.stop();
  });

  const table = async (entity: string, columns: string) => {
    const rows = await warehouse.rows(`select ${columns} from staging.${entity} order by ${columns}`);
    return rows.map((row) => Object.values(row).map(String).join(' | '));
  };
  const events = () => table('risk_event', 'kind, case_number, event_date, amount_cny, is_live, title');

  test('no record went to quarantine', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
  });

  test('every question is a check with its cost, also where nothing was found', async () => {
    expect(await table('bureau_check', 'credit_code, service, is_successful, cost_cny, checked_at')).toEqual([
      `${ONE} | ActualControl | true | 1.00 | 2026-03-02 04:00:00`,
      `${ONE} | ExceptionCheck | true | 0.50 | 2026-03-02 04:00:00`,
      `${ONE} | ShixinCheck | true | 1.00 | 2026-03-02 04:00:00`,
      '91320500MA1ZZZZZ09 | ActualControl | true | 1.00 | 2026-03-02 04:00:00',
      '91320500MA1ZZZZZ09 | ExceptionCheck | true | 0.50 | 2026-03-02 04:00:00',
      '91320500MA1ZZZZZ09 | ShixinCheck | true | 1.00 | 2026-03-02 04:00:00',
    ]);
  });

  test('records become events; one that was lifted is not live', async () => {
    expect(await events()).toEqual([
      'abnormal_operation | null | 2025-01-01 | null | false | 未公示年报',
      'dishonest_debtor | (2026)苏05执12号 | 2026-02-01 | 125000.00 | true | 拒不履行',
      'dishonest_debtor | (2026)苏05执3号 | 2026-01-15 | 8000.00 | true | null',
    ]);
  });

  test('the registered name is a customer record under the credit code', async () => {
    expect(await table('customer', 'source_id, name, credit_code, kind')).toEqual([
      `${ONE} | ${NAME} | ${ONE} | bureau`,
    ]);
  });

  test('ninety days later: what left the list is no longer live, another controller is an event, old checks stay', async () => {
    clock.now += NINETY_DAYS;
    sandbox.remove('ShixinCheck', ['s2']);
    sandbox.seed('ActualControl', [{ company: ONE, Name: '李某', KeyNo: 'p2' }]);
    await warehouse.sync();
    expect(await events()).toEqual([
      'abnormal_operation | null | 2025-01-01 | null | false | 未公示年报',
      'controller_change | null | 2026-05-31 | null | true | 王某 → 李某',
      'dishonest_debtor | (2026)苏05执12号 | 2026-02-01 | 125000.00 | true | 拒不履行',
      'dishonest_debtor | (2026)苏05执3号 | 2026-01-15 | 8000.00 | false | null',
    ]);
    expect(await table('bureau_check', 'service')).toHaveLength(12);
    expect(sandbox.billedCalls).toBe(12);
    await warehouse.sync();
    expect(sandbox.billedCalls).toBe(12); // nothing is due
  });
});
