import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectFolder } from '../../warehouse';
import { engines } from '../support/engines';
import { pipelineCases } from './pipelineCases';
import { changesByHand, dayText, randomCustomers } from './pipelineHistories';
import { overCube } from './overCube';

/** METRICS FUN-5, 9, 10 and 11: each worked example with its own numbers, and what the entries say of edges, by hand. */
describe.each(engines)('the pipeline over $name', ({ open }) => {
  const over = overCube(pipelineCases, open);

  /** The values of measures under filters `member: value`; money and counts as text. */
  const ask = async (view: string, measures: string, filters: Record<string, string> = {}) => {
    const names = measures.split(' ').map((name) => `${view}.${name}`);
    const rows = await over.cube.load(
      {
        measures: names,
        filters: Object.entries(filters).map(([name, value]) => {
          return { member: `${view}.${name}`, operator: 'equals', values: [value] };
        }),
      },
      { scope: 'all' },
    );
    return names.map((name) => rows[0]?.[name] ?? null);
  };
  const numbers = async (...asked: Parameters<typeof ask>) =>
    (await ask(...asked)).map((value) => (value === null ? null : Number(value)));

  const all =
    'open_start new reopened raised lowered won lost invalid owner_moved close_moved open_end won_amount passed';
  const monday = { from_day: '2025-10-13' };

  test.each`
    id          | what                                               | view                          | measures                                                    | filters                                                        | expected
    ${'FUN-5'}  | ${'8 of 20, 2.7 of 6.0 m'}                         | ${'slippage'}                 | ${'slipped expected rate'}                                  | ${{ month: '2025-09', customer_name: 'FUN-5' }}                | ${[8, 20, 0.4]}
    ${'FUN-5'}  | ${'8 of 20, 2.7 of 6.0 m'}                         | ${'slippage'}                 | ${'slipped_amount expected_amount rate_by_amount'}          | ${{ month: '2025-09', customer_name: 'FUN-5' }}                | ${[2700000, 6000000, 0.45]}
    ${'FUN-5'}  | ${'pushed twice, by 15 and 56 days; 7 by 10 days'} | ${'slippage'}                 | ${'pushes days pushes_each days_each'}                      | ${{ month: '2025-09', customer_name: 'FUN-5' }}                | ${[9, 141, 0.45, 7.05]}
    ${'FUN-5'}  | ${'what did not slip'}                             | ${'slippage'}                 | ${'won lost due'}                                           | ${{ month: '2025-09', customer_name: 'FUN-5' }}                | ${[4, 7, 1]}
    ${'FUN-5'}  | ${'nothing expected: no rate'}                     | ${'slippage'}                 | ${'expected rate rate_by_amount'}                           | ${{ month: '2025-09', customer_name: 'FUN-9' }}                | ${[0, null, null]}
    ${'FUN-9'}  | ${'10.0 m to 9.6 m since Monday'}                  | ${'pipeline_changes'}         | ${all}                                                      | ${{ customer_name: 'FUN-9' }}                                  | ${[10000000, 1200000, null, 300000, -200000, -900000, -700000, -100000, null, null, 9600000, 950000, 500000]}
    ${'FUN-9'}  | ${'the same from any Monday to any day'}           | ${'pipeline_changes_between'} | ${all}                                                      | ${{ customer_name: 'FUN-9', ...monday, to_day: '2025-10-15' }} | ${[10000000, 1200000, null, 300000, -200000, -900000, -700000, -100000, null, null, 9600000, 950000, 500000]}
    ${'FUN-9'}  | ${'Monday alone: raised more, nothing else gone'}  | ${'pipeline_changes_between'} | ${'open_start new raised lowered won lost open_end'}        | ${{ customer_name: 'FUN-9', ...monday, to_day: '2025-10-13' }} | ${[10000000, 1500000, 500000, -200000, null, null, 11800000]}
    ${'FUN-9'}  | ${'counts'}                                        | ${'pipeline_changes'}         | ${'open_start_count new_count closed_count open_end_count'} | ${{ customer_name: 'FUN-9' }}                                  | ${[7, 1, -3, 5]}
    ${'FUN-9'}  | ${'reopened'}                                      | ${'pipeline_changes'}         | ${'open_start reopened close_moved open_end'}               | ${{ customer_name: 'moved' }}                                  | ${[70, 30, 0, 100]}
    ${'FUN-9'}  | ${'expected close moved out of December'}          | ${'pipeline_changes'}         | ${'open_start close_moved open_end'}                        | ${{ customer_name: 'moved', expected_close_month: '2025-12' }} | ${[70, -70, null]}
    ${'FUN-9'}  | ${'and into January'}                              | ${'pipeline_changes'}         | ${'open_start close_moved open_end'}                        | ${{ customer_name: 'moved', expected_close_month: '2026-01' }} | ${[null, 70, 70]}
    ${'FUN-9'}  | ${'handed over: out of one region'}                | ${'pipeline_changes'}         | ${'open_start owner_moved raised won open_end'}             | ${{ customer_name: 'handed', region: '华南' }}                 | ${[160, -160, null, null, null]}
    ${'FUN-9'}  | ${'into the other, where it was raised and won'}   | ${'pipeline_changes'}         | ${'open_start owner_moved raised won open_end won_amount'}  | ${{ customer_name: 'handed', region: '华东' }}                 | ${[null, 160, 50, -60, 150, 60]}
    ${'FUN-9'}  | ${'over both it nets to zero'}                     | ${'pipeline_changes'}         | ${'open_start owner_moved raised won open_end change'}      | ${{ customer_name: 'handed' }}                                 | ${[160, 0, 50, -60, 150, -10]}
    ${'FUN-11'} | ${'23 of 25'}                                      | ${'stall_handling'}           | ${'begun judged handled rate'}                              | ${{ customer_name: 'FUN-11', begun_month: '2025-06' }}         | ${[25, 25, 23, 0.92]}
    ${'FUN-11'} | ${'by amount 230 of 310'}                          | ${'stall_handling'}           | ${'judged_amount handled_amount rate_by_amount'}            | ${{ customer_name: 'FUN-11', begun_month: '2025-06' }}         | ${[310, 230, 230 / 310]}
    ${'FUN-11'} | ${'30 days not over: only what was handled'}       | ${'stall_handling'}           | ${'begun judged handled'}                                   | ${{ customer_name: 'FUN-11 running' }}                         | ${[3, 2, 2]}
    ${'FUN-10'} | ${'snoozed until today is no stall'}               | ${'stalls'}                   | ${'stalled snoozed'}                                        | ${{ opportunity_name: 'snoozed' }}                             | ${[0, 1]}
    ${'FUN-10'} | ${'until yesterday it is one again'}               | ${'stalls'}                   | ${'stalled snoozed longest_days stalled_amount'}            | ${{ opportunity_name: 'snoozed until yesterday' }}             | ${[1, 0, 11, 10]}
    ${'FUN-10'} | ${'woken at once'}                                 | ${'stalls'}                   | ${'stalled snoozed'}                                        | ${{ opportunity_name: 'snoozed and woken' }}                   | ${[1, 0]}
  `('$id: $what ($view)', async ({ view, measures, filters, expected }) => {
    const found = await numbers(view, measures, filters);
    expect(found.length).toBe(expected.length);
    for (const [place, value] of expected.entries()) {
      if (value === null) expect(found[place]).toBeNull();
      else expect(found[place]).toBeCloseTo(value, 9);
    }
  });

  test('FUN-9: between any two days, in every slice, what a walk over 90 random histories gives; each slice closes', async () => {
    const view = 'pipeline_changes_between';
    const steps = all.split(' ').filter((step) => step !== 'won_amount' && step !== 'passed');
    for (const [from, to] of [
      [0, 30],
      [40, 70],
      [61, 61],
      [60, 130],
      [99, 101],
      [120, 121],
      [1, 134],
      [130, 135],
      [128, 135],
    ] as const) {
      const rows = await over.cube.load(
        {
          measures: steps.map((step) => `${view}.${step}`),
          dimensions: [`${view}.region`, `${view}.expected_close_month`],
          filters: [
            { member: `${view}.from_day`, operator: 'equals', values: [dayText(from)] },
            { member: `${view}.to_day`, operator: 'equals', values: [dayText(to)] },
            {
              member: `${view}.customer_name`,
              operator: 'equals',
              values: randomCustomers.map((number) => `random ${number}`),
            },
          ],
        },
        { scope: 'all' },
      );
      const found = new Map(
        rows.flatMap((row) =>
          steps.flatMap((step): [string, number][] => {
            const value = Number(row[`${view}.${step}`] ?? 0);
            const key = `${row[`${view}.region`]} ${row[`${view}.expected_close_month`]} ${step}`;
            return value === 0 ? [] : [[key, value]];
          }),
        ),
      );
      expect([from, to, Object.fromEntries(found)]).toEqual([
        from,
        to,
        Object.fromEntries(changesByHand(from, to)),
      ]);
      for (const row of rows) {
        const cents = (step: string) => BigInt(String(row[`${view}.${step}`] ?? '0.00').replace('.', ''));
        const reached = steps
          .filter((step) => step !== 'open_end')
          .reduce((sum, step) => sum + cents(step), 0n);
        expect(reached).toBe(cents('open_end'));
      }
    }
  });

  test('FUN-10: last movement Friday 26 September; on 11 October 7 days, on the 12th stalled, told on Monday the 13th', async () => {
    expect(
      await over.built.rows(
        `select last_movement_date, begun_date, remind_date, stall_days, is_open from core.stall
         where opportunity_id = 'crm:stalls' and last_movement_date = '2025-09-26'`,
      ),
    ).toEqual([
      {
        last_movement_date: '2025-09-26',
        begun_date: '2025-10-12',
        remind_date: '2025-10-13',
        stall_days: 11,
        is_open: true,
      },
    ]);
  });

  test('FUN-10: what moves an opportunity, and what does not', async () => {
    const rows = await over.built.rows(
      `select distinct opportunity_name from marts.stalled where last_movement_date = '2025-09-26' and customer_name not like 'random%' order by opportunity_name`,
    );
    expect(rows.map(({ opportunity_name }) => opportunity_name)).toEqual([
      'call that was deleted',
      'call tomorrow',
      'contact about another',
      'not moved by internal_note',
      'not moved by message_out',
      'not moved by planned',
      'only edited',
      'snoozed',
      'snoozed and woken',
      'snoozed until yesterday',
      'stalls',
    ]);
  });

  test('FUN-10: a stall that ended stays known, once for each last movement', async () => {
    expect(
      await over.built.rows(
        `select last_movement_date, begun_date, ended_date, ended_by, stall_days from core.stall
         where opportunity_id = 'crm:moved a day late' order by begun_date`,
      ),
    ).toEqual([
      {
        last_movement_date: '2025-09-01',
        begun_date: '2025-09-09',
        ended_date: '2025-09-26',
        ended_by: 'stage',
        stall_days: 24,
      },
      {
        last_movement_date: '2025-09-26',
        begun_date: '2025-10-12',
        ended_date: '2025-10-13',
        ended_by: 'call',
        stall_days: 8,
      },
    ]);
  });
});

test('FUN-9: what Cube asks between two days is the text of the mart, over the days asked for', () => {
  const file = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
  const mart = file('models/marts/pipeline_change.sql')
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n');
  const model = parse(file('cube/model/cubes/pipeline_steps_between.yml')) as { cubes: { sql: string }[] };
  const sql = model.cubes[0]?.sql ?? '';
  const asked = sql.slice(sql.indexOf('first_day as ('));
  expect(
    `with ${asked}`
      .replaceAll('from asked as period', 'from core.pipeline_period as period')
      .replace(/\n.*as from_day, cast\(.*as to_day,/, ''),
  ).toBe(mart);
});
