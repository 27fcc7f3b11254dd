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
    const services = ['ShixinCheck', 'ExceptionCheck', 'ActualControl', 'BasicDetails'];
    warehouse = await loaded(onThatDay, { baseUrl: sandbox.baseUrl, appKey, secretKey, services, companies });
  });
  afterAll(async () => {
    await warehouse.close();
    await sandbox.stop();
  });

  const table = async (entity: string, columns: string) => {
    const rows = await warehouse.rows(`select ${columns} from staging.${entity} order by all`);
    return rows.map((row) => Object.values(row).map(String).join(' | '));
  };
  const events = () =>
    table(
      'risk_event',
      'business_date(source_updated_at) as day, kind, case_number, event_date, amount_cny, is_live',
    );

  test('no record went to quarantine', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
  });

  test('every question is a check with its cost, also where nothing was found', async () => {
    expect(await table('bureau_check', 'credit_code, service, is_successful, cost_cny, checked_at')).toEqual([
      `${ONE} | ActualControl | true | 1.00 | 2026-03-02 04:00:00`,
      `${ONE} | BasicDetails | true | 1.00 | 2026-03-02 04:00:00`,
      `${ONE} | ExceptionCheck | true | 0.50 | 2026-03-02 04:00:00`,
      `${ONE} | ShixinCheck | true | 1.00 | 2026-03-02 04:00:00`,
      '91320500MA1ZZZZZ09 | ActualControl | true | 1.00 | 2026-03-02 04:00:00',
      '91320500MA1ZZZZZ09 | BasicDetails | true | 1.00 | 2026-03-02 04:00:00',
      '91320500MA1ZZZZZ09 | ExceptionCheck | true | 0.50 | 2026-03-02 04:00:00',
      '91320500MA1ZZZZZ09 | ShixinCheck | true | 1.00 | 2026-03-02 04:00:00',
    ]);
  });

  test('a check holds its records, each under the same name in every check; one that was lifted says so', async () => {
    expect(await events()).toEqual([
      '2026-03-02 | abnormal_operation | null | 2025-01-01 | null | false',
      '2026-03-02 | dishonest_debtor | (2026)苏05执12号 | 2026-02-01 | 125000.00 | true',
      '2026-03-02 | dishonest_debtor | (2026)苏05执3号 | 2026-01-15 | 8000.00 | true',
    ]);
    const refs = await warehouse.rows('select record_ref from staging.risk_event where check_ref is null');
    expect(refs).toEqual([]);
    expect(await table('risk_event', 'record_ref')).toContain(`${ONE}/ShixinCheck/s1`);
  });

  test('the registered name and the former names are a customer record under the credit code', async () => {
    expect(await table('customer', 'source_id, name, former_names, credit_code, kind')).toEqual([
      `${ONE} | ${NAME} | 苏州老甲机械有限公司 | ${ONE} | bureau`,
    ]);
  });

  test('ninety days later: the second check stands beside the first as it was; former names wait for their year', async () => {
    clock.now += NINETY_DAYS;
    sandbox.remove('ShixinCheck', ['s2']);
    sandbox.seed('ActualControl', [{ company: ONE, Name: '李某', KeyNo: 'p2' }]);
    await warehouse.sync();
    expect(await events()).toEqual([
      '2026-03-02 | abnormal_operation | null | 2025-01-01 | null | false',
      '2026-03-02 | dishonest_debtor | (2026)苏05执12号 | 2026-02-01 | 125000.00 | true',
      '2026-03-02 | dishonest_debtor | (2026)苏05执3号 | 2026-01-15 | 8000.00 | true',
      '2026-05-31 | abnormal_operation | null | 2025-01-01 | null | false',
      '2026-05-31 | dishonest_debtor | (2026)苏05执12号 | 2026-02-01 | 125000.00 | true',
    ]);
    const controllers = await warehouse.rows(
      'select controller_name, controller_ref from staging.bureau_check where controller_name is not null order by checked_at',
    );
    expect(controllers.map((row) => Object.values(row).join(' '))).toEqual(['王某 p1', '李某 p2']);
    expect(await table('bureau_check', 'service, checked_at')).toHaveLength(14);
    expect(sandbox.billedCalls).toBe(14);
    await warehouse.sync();
    expect(sandbox.billedCalls).toBe(14); // nothing is due
  });
});
