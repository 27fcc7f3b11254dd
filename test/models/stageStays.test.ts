import type { BuiltCase } from './given';
import { givenPaths } from './opportunityPaths';

/** Stays in stages: METRICS 7.1, FUN-3; expected values by hand from that page. */
describe('stays and FUN-3, time in stage', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await givenPaths(
      {
        returned: {
          moves: [
            ['线索确认', '03-01 10:00'],
            ['技术评审', '03-03 10:00'],
            ['线索确认', '03-08 10:00'],
            ['技术评审', '03-09 10:00'],
            ['商务谈判', '03-12 10:00'],
          ],
        },
        'an hour': {
          moves: [
            ['线索确认', '03-01 10:00'],
            ['技术评审', '03-02 10:00'],
            ['线索确认', '03-02 11:00'],
          ],
        },
        'a minute more': {
          moves: [
            ['线索确认', '03-01 10:00'],
            ['技术评审', '03-02 10:00'],
            ['线索确认', '03-02 11:01'],
          ],
        },
        chain: {
          moves: [
            ['线索确认', '03-01 10:00'],
            ['技术评审', '03-02 10:00'],
            ['线索确认', '03-02 10:10'],
            ['技术评审', '03-02 10:20'],
          ],
        },
        'same instant': {
          moves: [
            ['线索确认', '03-01 10:00'],
            ['需求沟通', '03-02 10:00'],
            ['技术评审', '03-02 10:00'],
          ],
        },
        unmapped: {
          moves: [
            ['线索确认', '03-01 10:00'],
            ['旧阶段', '03-05 10:00'],
            ['技术评审', '03-09 10:00'],
          ],
        },
        'lost by status': {
          moves: [['线索确认', '03-01 10:00']],
          more: { status: 'lost', closed_date: '2025-03-10' },
        },
        'without history': { moves: [], more: { stage_key: '需求沟通', created_at: '2025-03-01 02:00:00' } },
      },
      '2025-03-31',
    );
  });
  afterAll(async () => await built.close());

  const stays = async (name: string) =>
    (
      await built.rows(
        `select stage_key, entered_at, left_at from core.opportunity_stage_stay where opportunity_id = 'crm:${name}' order by stay_id`,
      )
    ).map(({ stage_key, entered_at, left_at }) => [
      stage_key,
      String(entered_at).slice(5, 16),
      left_at === null ? null : String(left_at).slice(5, 16),
    ]);

  test('5 days and 3 days after a return are 8 days', async () => {
    expect(
      await built.rows(
        "select stage_key, days, stays, is_completed, left_date from marts.stage_time where opportunity_id = 'crm:returned' order by stage_order",
      ),
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
    expect(
      await built.rows(
        'select count(*) as n from core.opportunity_stage_stay where stage_order is null and not is_lost',
      ),
    ).toEqual([{ n: '1' }]);
    expect(
      await built.rows("select count(*) as n from marts.funnel_cohort where stage_key = '旧阶段'"),
    ).toEqual([{ n: '0' }]);
  });
});

test('millrace.yaml: another window, every move counts, and how exact a snapshot is', async () => {
  const built = await givenPaths(
    {
      slip: {
        moves: [
          ['线索确认', '03-01 10:00'],
          ['技术评审', '03-02 10:00'],
          ['线索确认', '03-02 10:05'],
        ],
      },
      seen: {
        moves: [
          ['线索确认', '03-01 10:00'],
          ['技术评审', '04-05 10:00'],
        ],
        precision: 'snapshot',
      },
      'seen closed': { moves: [], more: { status: 'won', stage_key: '赢单', closed_date: '2025-04-10' } },
    },
    '2025-04-30',
    {
      'ops.funnel_setting': [
        { name: 'window_days', value: 30 },
        { name: 'correction_minutes', value: 0 },
      ],
      'ops.sync_interval': [{ connection: 'crm', minutes: 15 }],
    },
  );
  const rows = async (sql: string) => (await built.rows(sql)).map((row) => Object.values(row));
  expect(
    await rows(
      'select opportunity_id, stage_key, is_mapped, precision, precision_minutes from core.opportunity_stage_stay order by stay_id',
    ),
  ).toEqual([
    ['crm:seen closed', '(unknown)', false, 'exact', null],
    ['crm:seen closed', '赢单', true, 'snapshot', 1440],
    ['crm:seen', '线索确认', true, 'snapshot', 15],
    ['crm:seen', '技术评审', true, 'snapshot', 15],
    ['crm:slip', '线索确认', true, 'exact', null],
    ['crm:slip', '技术评审', true, 'exact', null],
    ['crm:slip', '线索确认', true, 'exact', null],
  ]);
  // 35 days are more than 30
  expect(
    await rows(
      "select opportunity_id, outcome, window_days, is_mature from marts.funnel_cohort where variant = 'reached' and stage_key = '线索确认' and opportunity_id in ('crm:seen', 'crm:slip') order by 1",
    ),
  ).toEqual([
    ['crm:seen', 'still', 30, true],
    ['crm:slip', 'advanced', 30, true],
  ]);
  // its stages before the end are not known, its days are
  expect(
    await rows(
      "select result, cycle_days, is_imported from marts.funnel_result where opportunity_id = 'crm:seen closed'",
    ),
  ).toEqual([['won', 99, false]]);
  await built.close();
});
