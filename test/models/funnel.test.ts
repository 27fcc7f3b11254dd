import type { BuiltCase } from './given';
import { givenPaths, type Move, type Path, STAGES } from './opportunityPaths';

/** Conversion by cohort: METRICS 7.1, FUN-1; expected values by hand from that page. */
const many = (count: number, name: string, path: (n: number) => Path): [string, Path][] =>
  Array.from({ length: count }, (_, n) => [`${name}${n}`, path(n)]);

describe('FUN-1, conversion of a cohort', () => {
  const start: Move[] = [
    ['线索确认', '01-06 10:00'],
    ['需求沟通', '02-10 10:00'],
  ];
  const review: Move = ['技术评审', '03-10 10:00'];
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenPaths(
      Object.fromEntries([
        // 9 advanced: by a move, by skipping ahead, and on the 90th day
        ...many(7, 'advanced', (): Path => ({ moves: [...start, review, ['商务谈判', '04-01 10:00']] })),
        [
          'skipped',
          {
            moves: [...start, ['商务谈判', '03-20 10:00'], ['输单', '04-20 10:00']],
            more: { status: 'lost', closed_date: '2025-04-20' },
          },
        ],
        ['day 90', { moves: [...start, review, ['商务谈判', '06-08 23:59']] }],
        // 21 lost: by stage, and where the CRM only sets the status
        ...many(
          20,
          'lost',
          (): Path => ({
            moves: [...start, review, ['输单', '05-05 10:00']],
            more: { status: 'lost', closed_date: '2025-05-05' },
          }),
        ),
        [
          'lost by status',
          { moves: [...start, review], more: { status: 'lost', closed_date: '2025-05-05' } },
        ],
        // 4 back
        ...many(4, 'back', (): Path => ({ moves: [...start, review, ['需求沟通', '04-15 10:00']] })),
        // 16 still there: never moved; advanced or lost a day too late; back and there again; a slip of the hand
        ...many(12, 'still', (): Path => ({ moves: [...start, review] })),
        ['day 91', { moves: [...start, review, ['商务谈判', '06-09 00:01']] }],
        [
          'lost late',
          {
            moves: [...start, review, ['输单', '07-01 10:00']],
            more: { status: 'lost', closed_date: '2025-07-01' },
          },
        ],
        ['returned', { moves: [...start, review, ['需求沟通', '04-15 10:00'], ['技术评审', '05-01 10:00']] }],
        ['slip', { moves: [...start, review, ['商务谈判', '03-12 10:00'], ['技术评审', '03-12 10:59']] }],
        // neither another month nor an invalid one counts
        ['april', { moves: [...start, ['技术评审', '04-01 00:30']] }],
        ['invalid', { moves: [...start, review], more: { status: 'invalid' } }],
        ['deleted', { moves: [...start, review], more: { is_deleted: true } }],
      ]),
      '2025-08-31',
    );
  });
  afterAll(async () => await built.close());

  test('of 50 that reached 技术评审 in March 9 advanced, 21 are lost, 4 back, 16 still there: 18.0 %', async () => {
    const [row] = await built.rows(
      `select count(*) as entered,
        count(*) filter (where outcome = 'advanced') as advanced, count(*) filter (where outcome = 'lost') as lost,
        count(*) filter (where outcome = 'back') as back, count(*) filter (where outcome = 'still') as still,
        round(100.0 * count(*) filter (where outcome = 'advanced') / count(*), 1) as conversion,
        bool_and(is_mature) as is_mature, min(benchmark_rate) as benchmark_rate, min(rls_owner) as owner, min(rls_region) as region
      from marts.funnel_cohort where variant = 'reached' and stage_key = '技术评审' and cohort_month = '2025-03'`,
    );
    expect(row).toEqual({
      entered: '50',
      advanced: '9',
      lost: '21',
      back: '4',
      still: '16',
      conversion: 18,
      is_mature: true,
      benchmark_rate: '0.350000',
      owner: 'E01',
      region: '华南',
    });
  });

  test('a stage that was skipped is reached when the later one is entered', async () => {
    expect(
      await built.rows(
        "select stage_key, entered_date, outcome from marts.funnel_cohort where variant = 'reached' and opportunity_id = 'crm:skipped' order by stage_order",
      ),
    ).toEqual([
      { stage_key: '线索确认', entered_date: '2025-01-06', outcome: 'advanced' },
      { stage_key: '需求沟通', entered_date: '2025-02-10', outcome: 'advanced' },
      { stage_key: '技术评审', entered_date: '2025-03-20', outcome: 'advanced' },
      { stage_key: '商务谈判', entered_date: '2025-03-20', outcome: 'lost' },
    ]);
  });

  test('months are those of Shanghai: half past midnight on 1 April is April', async () => {
    expect(
      await built.rows(
        "select cohort_month from marts.funnel_cohort where variant = 'reached' and opportunity_id = 'crm:april' and stage_key = '技术评审'",
      ),
    ).toEqual([{ cohort_month: '2025-04' }]);
  });
});

test('a young cohort is not mature, a won opportunity reached the last stage, and what happens after today does not count', async () => {
  const built = await givenPaths(
    {
      won: {
        moves: [
          ['线索确认', '05-01 10:00'],
          ['合同签订', '05-20 10:00'],
        ],
        more: { status: 'won', closed_date: '2025-05-25' },
      },
      tomorrow: {
        moves: [
          ['线索确认', '03-01 10:00'],
          ['技术评审', '06-01 10:00'],
        ],
      },
    },
    '2025-05-31',
  );
  expect(
    await built.rows(
      "select stage_key, entered_date, outcome, is_mature from marts.funnel_cohort where variant = 'reached' and opportunity_id = 'crm:won' order by stage_order",
    ),
  ).toEqual([
    ...STAGES.slice(0, 1).map((stage_key) => ({
      stage_key,
      entered_date: '2025-05-01',
      outcome: 'advanced',
      is_mature: false,
    })),
    ...STAGES.slice(1, 5).map((stage_key) => ({
      stage_key,
      entered_date: '2025-05-20',
      outcome: 'advanced',
      is_mature: false,
    })),
    { stage_key: '赢单', entered_date: '2025-05-25', outcome: 'still', is_mature: false },
  ]);
  expect(
    await built.rows(
      "select stage_key, outcome, is_mature from marts.funnel_cohort where variant = 'reached' and opportunity_id = 'crm:tomorrow'",
    ),
  ).toEqual([{ stage_key: '线索确认', outcome: 'still', is_mature: true }]);
  await built.close();
});
