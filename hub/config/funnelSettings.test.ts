import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { engines } from '../../test/support/engines';
import type { Warehouse } from '../../warehouse';
import { funnelSchema, keepFunnelSettings } from './funnelSettings';
import { loadConfig } from './loadConfig';

const pipeline = {
  connection: 'crm',
  businessLine: '轴',
  stages: [
    '初谈',
    { stage: 'k2', formerly: ['old2', '方案'], gate: '规格书已确认' },
    { stage: '成交', outcome: 'won' },
    { stage: '丢单', outcome: 'lost' },
  ],
};

const toldOf = (file: string): string => {
  try {
    loadConfig(file);
  } catch (error) {
    if (error instanceof MillraceError) return String(error.where);
  }
  return 'nothing';
};

describe('what millrace.yaml says about the funnel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'funnel-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('every mistake is told with its line and what to write', () => {
    const file = join(folder, 'millrace.yaml');
    writeFileSync(
      file,
      `company: 砺行
connections:
funnel:
  windowDays: 0
  correctionMinutes: soon
  pipelines:
    - connection: crm
      stages:
        - 初谈
        - { stage: 成交, outcome: won }
        - { stage: 方案, formerly: [初谈] }
        - { stage: 丢单, outcome: gone }
`,
    );
    const told = toldOf(file);
    expect(told).toContain('4  funnel.windowDays');
    expect(told).toContain('5  funnel.correctionMinutes: write a number of minutes');
    expect(told).toContain('12  funnel.pipelines.0.stages.3.outcome: write won or lost, or leave it out');
  });

  test.each`
    what                                 | stages                                                                      | message
    ${'a word for two stages'}           | ${['初谈', { stage: '方案', formerly: ['初谈'] }]}                          | ${'"初谈" already stands for stage 1 of this pipeline; write it once'}
    ${'two won stages'}                  | ${['初谈', { stage: 'a', outcome: 'won' }, { stage: 'b', outcome: 'won' }]} | ${'a second won stage; a pipeline has one'}
    ${'an open stage after the won one'} | ${['初谈', { stage: 'a', outcome: 'won' }, '方案']}                         | ${'won comes after the open stages; move it down'}
    ${'no open stage'}                   | ${[{ stage: 'a', outcome: 'won' }, { stage: 'b', outcome: 'lost' }]}        | ${'no stage is open; name the first'}
  `('refused: $what', ({ stages, message }) => {
    const read = funnelSchema.safeParse({ pipelines: [{ connection: 'crm', stages }] });
    expect(read.error?.issues.map((issue) => issue.message)).toContain(message);
  });

  test('refused: two pipelines of one business line, and a connection that is not there', () => {
    const read = funnelSchema.safeParse({ pipelines: [pipeline, pipeline] });
    expect(read.error?.issues[0]?.message).toContain('a second pipeline of crm for 轴');
    const file = join(folder, 'other.yaml');
    writeFileSync(
      file,
      'company: 砺行\nconnections:\nfunnel:\n  pipelines:\n    - connection: nowhere\n      stages: [a, b]\n',
    );
    expect(toldOf(file)).toContain(
      'other.yaml:5  funnel.pipelines.0.connection: there is no connection "nowhere"',
    );
  });
});

describe.each(engines)('settings of the funnel on $name', ({ open }) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  const writes = async () =>
    (
      await warehouse.rows(
        "select table_name, cast(writes as varchar) as writes from meta.written_table where table_name like 'ops.%' order by 1",
      )
    ).map(({ table_name, writes: n }) => `${String(table_name)} ${String(n)}`);

  test('stand in tables that models read, and are written only when they differ', async () => {
    const connections = { crm: { every: '2 hours' } };
    const funnel = funnelSchema.parse({ windowDays: 60, pipelines: [pipeline] });
    await keepFunnelSettings(warehouse, { funnel: funnelSchema.parse(undefined), connections: {} });
    expect(await writes()).toEqual([]);
    await keepFunnelSettings(warehouse, { funnel, connections });
    await keepFunnelSettings(warehouse, { funnel, connections });
    expect(await writes()).toEqual(['ops.funnel_setting 1', 'ops.pipeline_stage 1', 'ops.sync_interval 1']);
    expect(
      (await warehouse.rows('select * from ops.pipeline_stage order by stage_order, written_as')).map((row) =>
        Object.values(row),
      ),
    ).toEqual([
      ['crm', '轴', '初谈', '初谈', 1, null, null],
      ['crm', '轴', 'k2', 'k2', 2, null, '规格书已确认'],
      ['crm', '轴', 'old2', 'k2', 2, null, '规格书已确认'],
      ['crm', '轴', '方案', 'k2', 2, null, '规格书已确认'],
      ['crm', '轴', '成交', '成交', 3, 'won', null],
      ['crm', '轴', '丢单', '丢单', 4, 'lost', null],
    ]);
    expect(await warehouse.rows('select * from ops.funnel_setting')).toEqual([
      { name: 'window_days', value: 60 },
    ]);
    expect(await warehouse.rows('select * from ops.sync_interval')).toEqual([
      { connection: 'crm', minutes: 120 },
    ]);
  });
});
