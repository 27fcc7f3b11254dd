import { type BuiltCase, type Given, given } from './given';

/** The funnel: METRICS 7.1, FUN-1, FUN-3; expected values by hand from that page. */
const STAGES = ['线索确认', '需求沟通', '技术评审', '商务谈判', '合同签订', '赢单'];
const stage: Given[] = [...STAGES, '输单'].map((stage_key, place) => ({
  connection: 'crm', source_id: stage_key, stage_key, stage_name: stage_key, stage_order: place + 1,
  is_won: stage_key === '赢单', is_lost: stage_key === '输单', benchmark_rate: stage_key === '技术评审' ? '0.35' : null,
}));

/** A move: stage and Shanghai wall time, `MM-DD HH:MM` of 2025. */
type Move = [stage: string, at: string];
interface Path {
  moves: Move[];
  more?: Given;
}

const utc = (at: string) => new Date(`2025-${at.replace(' ', 'T')}:00+08:00`).toISOString().slice(0, 19).replace('T', ' ');

/** Opportunities by name, each with the moves of its life. */
async function givenPaths(paths: Record<string, Path>, today: string): Promise<BuiltCase> {
  const all = Object.entries(paths);
  return await given({
    today,
    entities: {
      stage,
      employee: [{ connection: 'crm', source_id: 'u1', employee_number: 'E01', name: '王芳', region: '华南', role: 'sales' }],
      customer: [{ connection: 'crm', kind: 'crm', source_id: 'a1', name: '甲公司', owner_ref: 'u1' }],
      opportunity: all.map(([name, { moves, more }]) => ({
        connection: 'crm', source_id: name, name, customer_ref: 'a1', amount_cny: '100.00', status: 'open',
        stage_key: moves[moves.length - 1]?.[0] ?? null, created_at: utc(moves[0]?.[1] ?? '01-01 09:00'), ...more,
      })),
      stage_change: all.flatMap(([name, { moves }]) =>
        moves.map(([to_stage_key, at], place) => ({
          connection: 'crm', source_id: `${name}-${place}`, opportunity_ref: name, sequence: place, precision: 'exact',
          from_stage_key: moves[place - 1]?.[0] ?? null, to_stage_key, changed_at: utc(at),
        })),
      ),
    },
  });
}

const many = (count: number, name: string, path: (n: number) => Path): [string, Path][] =>
  Array.from({ length: count }, (_, n) => [`${name}${n}`, path(n)]);

describe('FUN-1, conversion of a cohort', () => {
  const start: Move[] = [['线索确认', '01-06 10:00'], ['需求沟通', '02-10 10:00']];
  const review: Move = ['技术评审', '03-10 10:00'];
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenPaths(
      Object.fromEntries([
        // 9 advanced: by a move, by skipping ahead, and on the 90th day
        ...many(7, 'advanced', (): Path => ({ moves: [...start, review, ['商务谈判', '04-01 10:00']] })),
        ['skipped', { moves: [...start, ['商务谈判', '03-20 10:00'], ['输单', '04-20 10:00']], more: { status: 'lost', closed_date: '2025-04-20' } }],
        ['day 90', { moves: [...start, review, ['商务谈判', '06-08 23:59']] }],
        // 21 lost: by stage, and where the CRM only sets the status
        ...many(20, 'lost', (): Path => ({ moves: [...start, review, ['输单', '05-05 10:00']], more: { status: 'lost', closed_date: '2025-05-05' } })),
        ['lost by status', { moves: [...start, review], more: { status: 'lost', closed_date: '2025-05-05' } }],
        // 4 back
        ...many(4, 'back', (): Path => ({ moves: [...start, review, ['需求沟通', '04-15 10:00']] })),
        // 16 still there: never moved; advanced or lost a day too late; back and there again; a slip of the hand
        ...many(12, 'still', (): Path => ({ moves: [...start, review] })),
        ['day 91', { moves: [...start, review, ['商务谈判', '06-09 00:01']] }],
        ['lost late', { moves: [...start, review, ['输单', '07-01 10:00']], more: { status: 'lost', closed_date: '2025-07-01' } }],
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
      from marts.funnel_cohort where stage_key = '技术评审' and cohort_month = '2025-03'`,
    );
    expect(row).toEqual({
      entered: '50', advanced: '9', lost: '21', back: '4', still: '16', conversion: 18,
      is_mature: true, benchmark_rate: '0.350000', owner: 'E01', region: '华南',
    });
  });

  test('a stage that was skipped is reached when the later one is entered', async () => {
    expect(
      await built.rows("select stage_key, entered_date, outcome from marts.funnel_cohort where opportunity_id = 'crm:skipped' order by stage_order"),
    ).toEqual([
      { stage_key: '线索确认', entered_date: '2025-01-06', outcome: 'advanced' },
      { stage_key: '需求沟通', entered_date: '2025-02-10', outcome: 'advanced' },
      { stage_key: '技术评审', entered_date: '2025-03-20', outcome: 'advanced' },
      { stage_key: '商务谈判', entered_date: '2025-03-20', outcome: 'lost' },
    ]);
  });

  test('months are those of Shanghai: half past midnight on 1 April is April', async () => {
    expect(await built.rows("select cohort_month from marts.funnel_cohort where opportunity_id = 'crm:april' and stage_key = '技术评审'")).toEqual([
      { cohort_month: '2025-04' },
    ]);
  });
});

test('a young cohort is not mature, a won opportunity reached the last stage, and what happens after today does not count', async () => {
  const built = await givenPaths(
    {
      won: { moves: [['线索确认', '05-01 10:00'], ['合同签订', '05-20 10:00']], more: { status: 'won', closed_date: '2025-05-25' } },
      tomorrow: { moves: [['线索确认', '03-01 10:00'], ['技术评审', '06-01 10:00']] },
    },
    '2025-05-31',
  );
  expect(
    await built.rows("select stage_key, entered_date, outcome, is_mature from marts.funnel_cohort where opportunity_id = 'crm:won' order by stage_order"),
  ).toEqual([
    ...STAGES.slice(0, 1).map((stage_key) => ({ stage_key, entered_date: '2025-05-01', outcome: 'advanced', is_mature: false })),
    ...STAGES.slice(1, 5).map((stage_key) => ({ stage_key, entered_date: '2025-05-20', outcome: 'advanced', is_mature: false })),
    { stage_key: '赢单', entered_date: '2025-05-25', outcome: 'still', is_mature: false },
  ]);
  expect(await built.rows("select stage_key, outcome, is_mature from marts.funnel_cohort where opportunity_id = 'crm:tomorrow'")).toEqual([
    { stage_key: '线索确认', outcome: 'still', is_mature: true },
  ]);
  await built.close();
});

describe('stays and FUN-3, time in stage', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenPaths(
      {
        returned: {
          moves: [['线索确认', '03-01 10:00'], ['技术评审', '03-03 10:00'], ['线索确认', '03-08 10:00'], ['技术评审', '03-09 10:00'], ['商务谈判', '03-12 10:00']],
        },
        'an hour': { moves: [['线索确认', '03-01 10:00'], ['技术评审', '03-02 10:00'], ['线索确认', '03-02 11:00']] },
        'a minute more': { moves: [['线索确认', '03-01 10:00'], ['技术评审', '03-02 10:00'], ['线索确认', '03-02 11:01']] },
        chain: {
          moves: [['线索确认', '03-01 10:00'], ['技术评审', '03-02 10:00'], ['线索确认', '03-02 10:10'], ['技术评审', '03-02 10:20']],
        },
        'same instant': { moves: [['线索确认', '03-01 10:00'], ['需求沟通', '03-02 10:00'], ['技术评审', '03-02 10:00']] },
        unmapped: { moves: [['线索确认', '03-01 10:00'], ['旧阶段', '03-05 10:00'], ['技术评审', '03-09 10:00']] },
        'lost by status': { moves: [['线索确认', '03-01 10:00']], more: { status: 'lost', closed_date: '2025-03-10' } },
        'without history': { moves: [], more: { stage_key: '需求沟通', created_at: '2025-03-01 02:00:00' } },
      },
      '2025-03-31',
    );
  });
  afterAll(async () => await built.close());

  const stays = async (name: string) =>
    (await built.rows(`select stage_key, entered_at, left_at from core.opportunity_stage_stay where opportunity_id = 'crm:${name}' order by stay_id`)).map(
      ({ stage_key, entered_at, left_at }) => [stage_key, String(entered_at).slice(5, 16), left_at === null ? null : String(left_at).slice(5, 16)],
    );

  test('5 days and 3 days after a return are 8 days', async () => {
    expect(
      await built.rows("select stage_key, days, stays, is_completed, left_date from marts.stage_time where opportunity_id = 'crm:returned' order by stage_order"),
    ).toEqual([
      { stage_key: '线索确认', days: 3, stays: 2, is_completed: true, left_date: '2025-03-09' },
      { stage_key: '技术评审', days: 8, stays: 2, is_completed: true, left_date: '2025-03-12' },
      { stage_key: '商务谈判', days: 19 + 14 / 24, stays: 1, is_completed: false, left_date: null }, // to the end of 31 March
    ]);
  });

  test.each`
    name                 | expected
    ${'an hour'}         | ${[['线索确认', '03-01 02:00', null]]}
    ${'a minute more'}   | ${[['线索确认', '03-01 02:00', '03-02 02:00'], ['技术评审', '03-02 02:00', '03-02 03:01'], ['线索确认', '03-02 03:01', null]]}
    ${'chain'}           | ${[['线索确认', '03-01 02:00', '03-02 02:20'], ['技术评审', '03-02 02:20', null]]}
    ${'same instant'}    | ${[['线索确认', '03-01 02:00', '03-02 02:00'], ['需求沟通', '03-02 02:00', '03-02 02:00'], ['技术评审', '03-02 02:00', null]]}
    ${'unmapped'}        | ${[['线索确认', '03-01 02:00', '03-05 02:00'], ['旧阶段', '03-05 02:00', '03-09 02:00'], ['技术评审', '03-09 02:00', null]]}
    ${'lost by status'}  | ${[['线索确认', '03-01 02:00', '03-10 15:59'], ['输单', '03-10 15:59', null]]}
    ${'without history'} | ${[['需求沟通', '03-01 02:00', null]]}
  `('$name', async ({ name, expected }: { name: string; expected: unknown }) => {
    expect(await stays(name)).toEqual(expected);
  });

  test('an unmapped stage is kept to be counted and is in no funnel', async () => {
    expect(await built.rows("select count(*) as n from core.opportunity_stage_stay where stage_order is null and not is_lost")).toEqual([{ n: '1' }]);
    expect(await built.rows("select count(*) as n from marts.funnel_cohort where stage_key = '旧阶段'")).toEqual([{ n: '0' }]);
  });
});
