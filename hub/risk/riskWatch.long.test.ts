import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '../../connectors/kit';
import { qichacha } from '../../connectors/qichacha';
import { QichachaSandbox } from '../../connectors/qichacha/sandbox';
import { startTestWorker, type TestWorker } from '../../test/support/temporal';
import { keepHistory } from '../../test/support/toyHost';
import { DuckDbWarehouse } from '../../warehouse';
import { Host, type RiskOutcome } from '../../workflows';
import { bureauBudget } from '../runtime/bureauBudget';
import { riskOver, riskReading } from './riskOver';
import { ADMIN } from '../access/users';

const DAY = 86_400_000;
const ONE = { creditCode: '91320500MA1AAAAA01', name: '苏州甲机械有限公司' };
const TWO = { creditCode: '91320500MA1AAAAA02', name: '苏州乙机械有限公司' };
const CAPS = { dayCny: '4.00', monthCny: '40.00' };

/** The bureau, the warehouse and Temporal are real; only the day is the test's. */
describe('a watch over risk', () => {
  const clock = { now: Date.parse('2026-03-02T04:00:00Z') };
  const now = () => new Date(clock.now);
  const sandbox = new QichachaSandbox({ now: () => clock.now });
  const onThatDay: Connector = {
    ...qichacha,
    connect: (config, kit) => qichacha.connect(config, { ...kit, now }),
  };
  const folder = mkdtempSync(join(tmpdir(), 'millrace-risk-'));
  let warehouse: DuckDbWarehouse;
  let worker: TestWorker;
  let host: Host;

  beforeAll(async () => {
    await sandbox.start();
    sandbox.seed('companies', [{ ...ONE, formerNames: ['苏州老甲机械有限公司', '苏州第一机械厂'] }, TWO]);
    sandbox.seed('ShixinCheck', [
      { company: ONE.creditCode, Id: 's1', Publicdate: '2025-11-01', Anno: '（2025）苏05执1号' },
    ]);
    sandbox.seed('ActualControl', [{ company: ONE.creditCode, Name: '王某', KeyNo: 'p1' }]);
    warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
    const { appKey, secretKey } = sandbox.options;
    const settings = qichacha.spec.parse({
      baseUrl: sandbox.baseUrl,
      appKey,
      secretKey,
      services: ['ShixinCheck', 'ActualControl', 'BasicDetails'],
      companies: [ONE, TWO],
    });
    host = new Host({
      warehouse,
      connections: [{ name: 'qcc', connector: onThatDay, settings: () => Promise.resolve(settings) }],
      spoolFolder: join(folder, 'spool'),
      folder,
      asOfDate: () => '2026-03-31',
      budgetOf: (connection, run) => bureauBudget(warehouse, connection, CAPS, { run, now }),
      lookup: () => Promise.resolve([]),
    });
    worker = await startTestWorker(host);
  });
  afterAll(async () => {
    await worker.close();
    await warehouse.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  async function watch(workflowId: string): Promise<RiskOutcome> {
    const handle = await worker.client.workflow.start('riskWatch', {
      workflowId,
      taskQueue: worker.taskQueue,
      args: [{ connection: 'qcc', cause: 'manual' }],
    });
    return (await handle.result()) as RiskOutcome;
  }
  const raised = async () =>
    (
      await warehouse.rows(
        "select event_id from ops.event where kind = 'suggestion.raised' order by event_id",
      )
    ).map(({ event_id }) => String(event_id));

  test('before it runs, its plan says count and price, and what the caps leave for today', async () => {
    const { plan } = riskOver({ warehouse, host, client: worker.client }, new Map([['qcc', CAPS]]));
    const [qcc] = await plan();
    expect(sandbox.billedCalls).toBe(0);
    expect(qcc).toMatchObject({
      connection: 'qcc',
      due: { companies: 2, calls: 6, costCny: '6.00' },
      today: { companies: 2, calls: 4, costCny: '4.00' },
      waiting: { companies: 0, calls: 2, costCny: '2.00' },
      stoppedBy: 'day',
    });
    expect(
      qcc?.services.map(({ service, refreshDays, calls }) => `${service} ${refreshDays} ${calls}`),
    ).toEqual(['ShixinCheck 90 2', 'ActualControl 90 2', 'BasicDetails 365 2']);
  });

  test('at the cap it ends, and the next day it goes on where it stopped; nothing is new in a first check', async () => {
    const first = await watch('risk-first');
    expect(first).toMatchObject({
      status: 'done',
      planned: { companies: 2, calls: 6, costCny: '6.00' },
      asked: { companies: 2, calls: 4, costCny: '4.00' },
      raised: 0,
    });
    clock.now += DAY;
    const second = await watch('risk-second');
    expect(second).toMatchObject({
      planned: { companies: 1, calls: 2 },
      asked: { companies: 1, calls: 2 },
      raised: 0,
    });
    expect(sandbox.billedCalls).toBe(6);
    expect(await warehouse.rows('select kind, is_new from core.risk_event')).toEqual([
      { kind: 'dishonest_debtor', is_new: false },
    ]);
    const names = await warehouse.rows(
      `select former_names from core.bureau_check where former_names is not null`,
    );
    expect(names).toEqual([{ former_names: '苏州老甲机械有限公司|苏州第一机械厂' }]);
  });

  test('ninety days later: a new entry and another controller are events with the paid call, told exactly once', async () => {
    sandbox.seed('ShixinCheck', [
      {
        company: ONE.creditCode,
        Id: 's2',
        Publicdate: '2026-05-05',
        Anno: '（2026）苏05执7号',
        Amount: '12万元',
      },
    ]);
    sandbox.remove('ShixinCheck', ['s1']);
    sandbox.seed('ActualControl', [{ company: ONE.creditCode, Name: '李某', KeyNo: 'p2' }]);
    clock.now += 90 * DAY;
    const third = await watch('risk-third');
    await keepHistory(worker, 'riskWatch', 'risk-third');
    expect(third).toMatchObject({ planned: { calls: 4 }, asked: { calls: 4, costCny: '4.00' }, raised: 2 });
    const events = await riskReading(warehouse).events({ limit: 10 }, ADMIN);
    const told = events.map(({ change, kind, title, case_number, service, call_cost_cny, order_number }) => [
      `${String(change)} ${String(kind)} ${String(title ?? case_number)} ${String(service)} ${String(call_cost_cny)}`,
      /^(SHIXINCHECK|ACTUALCONTROL)/.test(String(order_number)),
    ]);
    expect(told.sort()).toEqual([
      ['known dishonest_debtor （2025）苏05执1号 ShixinCheck 1.00', true],
      ['lifted dishonest_debtor （2025）苏05执1号 ShixinCheck 1.00', true],
      ['new controller_change 王某 → 李某 ActualControl 1.00', true],
      ['new dishonest_debtor （2026）苏05执7号 ShixinCheck 1.00', true],
    ]);
    const once = await raised();
    expect(once).toHaveLength(2);
    const again = await watch('risk-fourth');
    expect(again).toMatchObject({ planned: { calls: 0, costCny: '0.00' }, asked: { calls: 0 }, raised: 0 });
    expect(await raised()).toEqual(once);
    expect(sandbox.billedCalls).toBe(10);
  });
});
