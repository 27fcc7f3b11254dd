import { benchmarksOver } from '../../hub/benchmarks/benchmarksOver';
import { configSchema } from '../../hub/config/schema';
import { engines } from '../support/engines';
import { funnelCases } from './funnelCases';
import { overCube } from './overCube';

/** Section 7 of METRICS.md, stages: each worked example with its own numbers, by way of models and Cube measures, by hand. */
describe.each(engines)('the funnel over $name', ({ open }) => {
  const over = overCube(funnelCases, open);

  const march = { cohort_month: '2025-03', stage_name: '技术评审' };
  const june = { month: '2025-06', stage_name: '技术评审' };

  test.each`
    id         | what                                                     | measures                                                                         | filters                                                                    | expected
    ${'FUN-1'} | ${'of 50 that reached 技术评审 in March 9 advanced'}     | ${'funnel entered advanced lost back still conversion'}                          | ${{ ...march, business_line: 'cohort' }}                                   | ${[50, 9, 21, 4, 16, 0.18]}
    ${'FUN-1'} | ${'by value at the entry, whatever it is worth later'}   | ${'funnel entered_amount advanced_amount conversion_by_amount'}                  | ${{ ...march, business_line: 'cohort' }}                                   | ${[5000, 900, 0.18]}
    ${'FUN-1'} | ${'strict: in the stage itself, and in the next itself'} | ${'funnel entered advanced lost back still conversion'}                          | ${{ ...march, business_line: 'cohort', variant: 'strict' }}                | ${[49, 7, 21, 4, 17, 7 / 49]}
    ${'FUN-1'} | ${'a cohort younger than 90 days is so far'}             | ${'funnel entered advanced still conversion'}                                    | ${{ stage_name: '技术评审', business_line: 'young', is_mature: 'false' }}  | ${[1, 0, 1, 0]}
    ${'FUN-1'} | ${'nobody goes on from the won stage'}                   | ${'funnel entered conversion'}                                                   | ${{ stage_name: '赢单', business_line: 'closed' }}                         | ${[12, null]}
    ${'FUN-2'} | ${'7 of 25 exits of June went forward'}                  | ${'stage_exits exits forward lost back period_conversion'}                       | ${{ ...june, business_line: 'period' }}                                    | ${[25, 7, 15, 3, 0.28]}
    ${'FUN-2'} | ${'by value 1,400 of 3,200'}                             | ${'stage_exits forward_amount exited_amount period_conversion_by_amount'}        | ${{ ...june, business_line: 'period' }}                                    | ${[1400, 3200, 0.4375]}
    ${'FUN-2'} | ${'the newest benchmark that a person typed'}            | ${'stage_exits benchmark'}                                                       | ${{ ...june, business_line: 'period' }}                                    | ${[0.35]}
    ${'FUN-2'} | ${'one benchmark of several stages is none'}             | ${'funnel benchmark'}                                                            | ${{ business_line: 'period' }}                                             | ${[null]}
    ${'FUN-3'} | ${'5 d + 3 d after a return, 4 and 3 workdays'}          | ${'stage_times median_days p90_days median_workdays count'}                      | ${{ stage_name: '技术评审', business_line: 'returned' }}                   | ${[8, 8, 7, 1]}
    ${'FUN-3'} | ${'the open one apart, to the end of 31 August'}         | ${'stage_times median_days count'}                                               | ${{ is_completed: 'false', business_line: 'returned' }}                    | ${[172 + 14 / 24, 1]}
    ${'FUN-4'} | ${'6 of 80 moves forward skip, 9 of 89 moves go back'}   | ${'stage_exits forward_moves skips skip_rate moves back_moves back_rate'}        | ${{ business_line: 'moved' }}                                              | ${[80, 6, 0.075, 89, 9, 9 / 89]}
    ${'FUN-6'} | ${'12 of 40, 3.6 of 9.0 million'}                        | ${'deal_results won lost win_rate won_amount closed_amount win_rate_by_amount'}  | ${{ month: '2025-06', business_line: 'closed' }}                           | ${[12, 28, 0.3, 3_600_000, 9_000_000, 0.4]}
    ${'FUN-6'} | ${'of nobody closed there is no rate'}                   | ${'deal_results closed win_rate'}                                                | ${{ month: '2025-05', business_line: 'closed' }}                           | ${[0, null]}
    ${'FUN-7'} | ${'40, 61 and 82 days; the imported one is counted'}     | ${'deal_results mean_cycle median_cycle cycles imported won'}                    | ${{ month: '2025-08', business_line: 'cycles' }}                           | ${[61, 61, 3, 1, 4]}
    ${'FUN-8'} | ${'60 x 0.30 x 300,000 / 61'}                            | ${'sales_velocity open_past_first win_rate mean_won_amount mean_cycle velocity'} | ${{ business_line: 'speed' }}                                              | ${[60, 0.3, 300_000, 61, (60 * 0.3 * 300_000) / 61]}
    ${'FUN-8'} | ${'a team has what its people have'}                     | ${'sales_velocity open_past_first win_rate'}                                     | ${{ business_line: 'speed', manager_name: '周主管', lead_source: '展会' }} | ${[60, 0.3]}
  `(
    '$id: $what',
    async ({
      measures,
      filters,
      expected,
    }: {
      measures: string;
      filters: Record<string, string>;
      expected: (number | null)[];
    }) => {
      const [view, ...names] = measures.split(' ');
      const [row] = await over.cube.load(
        {
          measures: names.map((name) => `${view}.${name}`),
          filters: Object.entries(filters).map(([name, value]) => {
            return { member: `${view}.${name}`, operator: 'equals', values: [value] };
          }),
        },
        { scope: 'all' },
      );
      const found = names.map((name) => row?.[`${view}.${name}`] ?? null);
      expect(found.map((value) => value === null)).toEqual(expected.map((value) => value === null));
      for (const [n, value] of expected.entries())
        if (value !== null)
          expect([names[n], Number(found[n])]).toEqual([names[n], expect.closeTo(value, 6)]);
    },
  );

  test('FUN-8: 88,525 a day', async () => {
    const [row] = await over.cube.load(
      {
        measures: ['sales_velocity.velocity'],
        filters: [{ member: 'sales_velocity.business_line', operator: 'equals', values: ['speed'] }],
      },
      { scope: 'all' },
    );
    expect(Math.round(Number(row?.['sales_velocity.velocity']))).toBe(88_525);
  });

  test('FUN-2: a benchmark stands with its source and day', async () => {
    expect(
      await over.built.rows(
        `select stage_name, benchmark_rate, benchmark_source, benchmark_date from core.stage where benchmark_rate is not null`,
      ),
    ).toEqual([
      {
        stage_name: '技术评审',
        benchmark_rate: '0.350000',
        benchmark_source: '行业协会 2025 年报',
        benchmark_date: '2025-06-30',
      },
    ]);
  });

  test('FUN-4: skips and back moves with who and which gate', async () => {
    expect(
      await over.built.rows(
        `select distinct moved_by_name, stage_name, next_stage_name, between_stages, gates from marts.stage_exit
         where business_line in ('moved', '轴', '泵') and (is_skip or direction = 'back') order by 2, 3, 1`,
      ),
    ).toEqual(
      [
        ['李二', '线索确认', '技术评审', '需求沟通', null],
        ['王芳', '需求沟通', '线索确认', '线索确认', null],
        [null, '方案', '成交', '评审', '评审纪要'],
        [null, '评审', '初谈', '初谈', '需求书'],
      ]
        .map(([moved_by_name, stage_name, next_stage_name, between_stages, gates]) => {
          return { moved_by_name, stage_name, next_stage_name, between_stages, gates };
        })
        .toSorted((one, other) => bytes(one.stage_name, other.stage_name)),
    );
  });

  test('7.1: stages of a business line by key, name and former key; what stands for none is out and counted', async () => {
    expect(
      (
        await over.built.rows(
          `select stay_id, stage_key, stage_rank, is_won from core.opportunity_stage_stay where connection = 'two' order by stay_id`,
        )
      ).map((row) => Object.values(row)),
    ).toEqual([
      ['two:p0:1', 'k1', 1, false],
      ['two:p0:2', 'k2', 2, false],
      ['two:p0:3', 'k4', 4, true],
      ['two:p1:1', 'k1', 1, false],
      ['two:p1:2', 'k3', 2, false],
      ['two:p1:3', 'k1', 1, false],
      ['two:p2:1', 'k1', 1, false],
      ['two:p2:2', 'k9', null, false],
      ['two:p2:3', 'k2', 2, false],
      ['two:p3:1', 'k1', null, false],
      ['two:p3:2', 'k2', null, false],
    ]);
    expect(
      (
        await over.built.rows(
          'select opportunity_id, reason, stage_key from marts.funnel_left_out order by opportunity_id, stage_key',
        )
      ).map((row) => Object.values(row)),
    ).toEqual([
      [expect.stringMatching(/^crm:/), 'no_history', ''],
      ['two:p2', 'unmapped_stage', 'k9'],
      ['two:p3', 'unmapped_stage', 'k1'],
      ['two:p3', 'unmapped_stage', 'k2'],
    ]);
  });

  describe('FUN-2: benchmarks that people type', () => {
    const config = configSchema.parse({
      company: '砺行',
      connections: {},
      users: [{ id: 'boss', name: '周总', role: 'manager' }],
    });
    const work = () => benchmarksOver(over.built.warehouse, config);
    const listed = async () =>
      (await work().list())
        .filter(({ percent }) => percent !== null)
        .map(({ business_line, stage_name, percent, source, date }) => [
          business_line,
          stage_name,
          percent,
          source,
          date,
        ]);
    const reviewed = [null, '技术评审', '35', '行业协会 2025 年报', '2025-06-30'];

    test('stand at once with their source and day, for one line or all, until they are taken back', async () => {
      expect(await listed()).toEqual([reviewed]);
      await work().set({ stage: '方案', percent: '17.5', source: '去年', date: '2025-01-01' }, 'boss');
      await work().set(
        { stage: 'k1', line: '泵', percent: '100', source: '老板', date: '2025-02-02' },
        'boss',
      );
      expect(await listed()).toEqual([
        reviewed,
        ['泵', '初谈', '100', '老板', '2025-02-02'],
        ['轴', '方案', '17.5', '去年', '2025-01-01'],
      ]);
      await work().remove({ stage: '方案' }, 'boss');
      await work().remove({ stage: 'k1', line: '泵' }, 'boss');
      expect(await listed()).toEqual([reviewed]);
    });

    test.each`
      what                      | of                                       | by        | told
      ${'of a stage not there'} | ${{ stage: '签约' }}                     | ${'boss'} | ${'There is no stage "签约"'}
      ${'of a line not there'}  | ${{ stage: '方案', line: '阀' }}         | ${'boss'} | ${'of the business line "阀"'}
      ${'of a day to come'}     | ${{ stage: '方案', date: '2999-01-01' }} | ${'boss'} | ${'still to come'}
      ${'typed by a seller'}    | ${{ stage: '方案' }}                     | ${'E01'}  | ${'Only a manager'}
    `('refused: $what', async ({ of, by, told }: { of: { stage: string }; by: string; told: string }) => {
      const input = { percent: '35', source: '行业协会', date: '2025-06-30', ...of };
      await expect(work().set(input, by)).rejects.toThrow(told);
    });
  });
});

const bytes = (one: unknown, other: unknown) =>
  Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
