import { createKit, secretsIn } from '../../connectors/kit';
import { qichacha } from '../../connectors/qichacha';
import { QichachaSandbox } from '../../connectors/qichacha/sandbox';
import { engines } from '../../test/support/engines';
import type { Row, Warehouse } from '../../warehouse';
import { bureauBudget } from '../runtime/bureauBudget';

const NOON = Date.parse('2026-03-02T04:00:00Z');
const COMPANIES = ['91320500MA1AAAAA01', '91320500MA1AAAAA02'].map((creditCode, n) => ({
  creditCode,
  name: `苏州${n}有限公司`,
}));
const SERVICES = ['ShixinCheck', 'ZhixingCheck', 'ActualControl'];

describe.each(engines)('no question is paid for twice, over $name', ({ open }) => {
  let warehouse: Warehouse;
  const sandbox = new QichachaSandbox({ now: () => NOON, latencyMs: 20 });
  beforeAll(async () => {
    warehouse = await open();
    await sandbox.start();
    sandbox.seed('companies', COMPANIES);
    sandbox.seed('ShixinCheck', [{ company: COMPANIES[0]?.creditCode, Id: 's1', Publicdate: '2026-01-05' }]);
  });
  afterAll(async () => {
    await sandbox.stop();
    await warehouse.close();
  });

  /** Reads as a new process would: with no state. `pages` is after how many it is killed. */
  async function read(connection: string, runId: string, pages = Infinity): Promise<Row[]> {
    const { appKey, secretKey } = sandbox.options;
    const config = qichacha.spec.parse({
      baseUrl: sandbox.baseUrl,
      appKey,
      secretKey,
      services: SERVICES,
      companies: COMPANIES,
    });
    const now = () => new Date(NOON);
    const kit = createKit({
      connection,
      secrets: secretsIn(qichacha.spec, config),
      now,
      budget: bureauBudget(
        warehouse,
        connection,
        { dayCny: '5.00', monthCny: '50.00' },
        { run: { runId }, now },
      ),
    });
    const source = await qichacha.connect(config, kit);
    const [stream] = source.streams;
    if (!stream) throw new Error('no stream');
    const rows: Row[] = [];
    let left = pages;
    for await (const page of source.read(stream, undefined, {})) {
      rows.push(...(JSON.parse(JSON.stringify(page.records)) as Row[]));
      if (--left <= 0) break;
    }
    return rows;
  }
  const short = (rows: Row[]) =>
    rows.map(({ company, service, item_id }) => `${String(company)} ${String(service)} ${String(item_id)}`);

  test('a run that is killed before anything is loaded buys nothing again; the caps go on counting', async () => {
    const before = sandbox.billedCalls;
    const lost = await read('killed', 'run 1', 4);
    expect(sandbox.billedCalls - before).toBe(4);
    const again = await read('killed', 'run 2');
    expect(sandbox.billedCalls - before).toBe(5); // the day's cap; 4 answers were there
    expect(short(again).slice(0, lost.length)).toEqual(short(lost));
    expect(again.filter(({ record }) => record === 'check')).toHaveLength(5);
    expect((await read('killed', 'run 3')).length).toBe(again.length);
    expect(sandbox.billedCalls - before).toBe(5);
  });

  test('two runs at once ask each question once, and both have every answer', async () => {
    const before = sandbox.billedCalls;
    const [one, other] = await Promise.all([read('twice', 'run 1'), read('twice', 'run 2')]);
    expect(sandbox.billedCalls - before).toBe(5);
    expect(short(one)).toEqual(short(other));
    expect(one.filter(({ record }) => record === 'check')).toHaveLength(5);
  });
});
