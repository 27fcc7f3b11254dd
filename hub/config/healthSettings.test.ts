import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { engines } from '../../test/support/engines';
import { projectFolder, type Warehouse } from '../../warehouse';
import { healthRows, healthSchema, keepHealthSettings } from './healthSettings';
import { loadConfig } from './loadConfig';

describe('health in millrace.yaml', () => {
  test('nothing written means METRICS: the defaults are the seed that the models read', () => {
    const seed = readFileSync(join(projectFolder, 'models/seeds/health_setting.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const rows = healthRows(healthSchema.parse({})).map(
      ([part, name, x, value]) => `${part},${name},${Number(x)},${Number(value)}`,
    );
    expect(rows.toSorted()).toEqual(seed.toSorted());
  });

  test.each`
    what                            | yaml                                                                                | told
    ${'weights'}                    | ${'weights: { punctuality: 30, demand: 25, interaction: 20, orders: 15, risk: 5 }'} | ${/:3 +health\.weights: the weights add up to 95; write five that add up to 100/}
    ${'a weight that is not there'} | ${'weights: { punctuality: 100 }'}                                                  | ${/:3 +health\.weights\.demand/}
    ${'points out of order'}        | ${'curves: { daysLate: [[0, 100], [30, 50], [15, 40]] }'}                           | ${/:3 +health\.curves\.daysLate\.2: 15 comes after 30; write the points in the order/}
    ${'a curve that turns'}         | ${'curves: { daysLate: [[0, 100], [15, 40], [30, 50]] }'}                           | ${/health\.curves\.daysLate\.2: 50 points after 40; this curve only falls/}
    ${'points over 100'}            | ${'curves: { wonPercent: [[0, 0], [40, 120]] }'}                                    | ${/health\.curves\.wonPercent\.1\.1: write 100 or less/}
    ${'one point alone'}            | ${'curves: { gapRatio: [[1, 100]] }'}                                               | ${/health\.curves\.gapRatio: a curve has at least two points/}
    ${'yellow above green'}         | ${'yellow: 80'}                                                                     | ${/health\.yellow: yellow from 80 is not below green from 70/}
    ${'an amount that is no text'}  | ${'overdue90: { amount: 5万 }'}                                                     | ${/health\.overdue90\.amount: write an amount in CNY as text/}
    ${'a name that is not known'}   | ${'freezeDays: 3'}                                                                  | ${/health\.freezeDays: unknown; take it out/}
  `('$what: the line, the path and what to write', ({ yaml, told }) => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-health-'));
    const file = join(folder, 'millrace.yaml');
    writeFileSync(file, `company: A\nhealth:\n  ${String(yaml)}\n`);
    const load = () => {
      try {
        loadConfig(file);
      } catch (error) {
        return error instanceof MillraceError ? error.describe() : String(error);
      } finally {
        rmSync(folder, { recursive: true });
      }
      return 'accepted';
    };
    expect(load()).toMatch(told);
  });
});

describe.each(engines)('versions of health settings on $name', ({ open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  test('equal settings are one version, taken back they are the defaults, and an old version comes back as itself', async () => {
    const states: unknown[] = [];
    for (const given of [
      undefined,
      { green: 75 },
      { green: 75 },
      { green: 75, overdue90: { amount: '60000.50' } },
      undefined,
      { green: 75 },
    ]) {
      await keepHealthSettings(warehouse, { health: given && healthSchema.parse(given) });
      const [row] = await warehouse.rows(
        'select count(*) as versions, max(case when is_current then version end) as current from ops.health_version',
      );
      states.push([Number(row?.versions), row?.current == null ? null : Number(row.current)]);
    }
    expect(states).toEqual([
      [0, null],
      [1, 1],
      [1, 1],
      [2, 2],
      [2, null],
      [2, 1],
    ]);
    expect(
      await warehouse.rows(
        "select value from ops.health_setting where version = 2 and name = 'overdue_90_cny'",
      ),
    ).toEqual([{ value: '60000.500000' }]);
    const [writes] = await warehouse.rows(
      "select writes from meta.written_table where table_name = 'ops.health_setting'",
    );
    expect(Number(writes?.writes)).toBe(4);
  });
});
