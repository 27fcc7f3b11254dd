import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWorkday } from 'chinese-days';
import { engines } from '../support/engines';
import { type BuiltCase, given } from './given';

const root = join(__dirname, '../..');
const papers = join(process.env.MILLRACE_REALDATA ?? join(root, '../shared/realdata'), 'holidays-cn');

test('the seed is what the holiday library says; scripts/holidays.js writes it', () => {
  expect(readFileSync(join(root, 'models/seeds/holiday.csv'), 'utf8')).toBe(
    execFileSync(process.execPath, [join(root, 'scripts/holidays.js'), '--print'], { encoding: 'utf8' }),
  );
});

describe.each(engines)('the calendar on $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    const calendar_override = [
      { day: '2026-02-12', is_workday: false, reason: '工厂提前放假' }, // a Thursday
      { day: '2026-03-07', is_workday: true, reason: '周六赶工' },
    ];
    built = await given(
      { today: '2026-07-15', entities: {}, tables: { 'ops.calendar_override': calendar_override } },
      open,
    );
  });
  afterAll(() => built?.close());

  test("the company's own days come before the public ones, with their reason", async () => {
    const found = await built.rows(`
      select cast(day as varchar) as day, is_workday, is_closure, cast(effective_day as varchar) as effective_day, override_reason
      from core.calendar where day in ('2026-02-11', '2026-02-12', '2026-03-07', '2026-03-14') order by day`);
    expect(found.map((row) => Object.values(row))).toEqual([
      ['2026-02-11', true, false, '2026-02-11', null],
      ['2026-02-12', false, true, '2026-02-13', '工厂提前放假'],
      ['2026-03-07', true, false, '2026-03-07', '周六赶工'],
      ['2026-03-14', false, false, '2026-03-16', null],
    ]);
  });

  test('every other announced day is what the library says, and later years are provisional', async () => {
    const days = await built.rows(`
      select cast(day as varchar) as day, is_workday from core.calendar
      where not is_provisional and override_reason is null order by day`);
    expect(days.at(-1)?.day).toBe('2026-12-31');
    expect(days.filter(({ day, is_workday }) => isWorkday(String(day)) !== is_workday)).toEqual([]);
    const [provisional] = await built.rows(
      "select bool_and(is_provisional) as all_days, bool_or(is_workday <> (extract(isodow from day) <= 5)) as odd from core.calendar where day >= '2027-01-01'",
    );
    expect(provisional).toEqual({ all_days: true, odd: false });
  });

  test('workdays per month are those of METRICS section 1, and of the papers where they are at hand', async () => {
    const found = await built.rows(`
      select month_text(day) as month, cast(count(*) filter (where is_workday) as int) as workdays from core.calendar
      where extract(year from day) between 2024 and 2026 group by month_text(day)`);
    const counted = new Map(found.map(({ month, workdays }) => [String(month), Number(workdays)]));
    const own = new Map([
      ['2026-02', -1],
      ['2026-03', 1],
    ]);
    for (const [year, months] of Object.entries({ ...METRICS, ...inPapers() })) {
      months.forEach((workdays, place) => {
        const month = `${year}-${String(place + 1).padStart(2, '0')}`;
        expect([month, counted.get(month)]).toEqual([month, workdays + (own.get(month) ?? 0)]);
      });
    }
  });
});

const METRICS: Record<string, readonly number[]> = {
  2024: [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22],
  2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
  2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
};

/** What a collection of the State Council's papers says (holidays-cn); nothing where it is not there. */
function inPapers(): Record<string, readonly number[]> {
  if (!existsSync(papers)) return {};
  const years = JSON.parse(readFileSync(join(papers, 'expected.json'), 'utf8')) as Record<
    string,
    { workdays_by_month: Record<string, number> }
  >;
  return Object.fromEntries(
    Object.entries(years)
      .filter(([year]) => year in METRICS)
      .map(([year, { workdays_by_month }]) => [
        year,
        Object.entries(workdays_by_month)
          .sort(([one], [other]) => Number(one) - Number(other))
          .map(([, workdays]) => workdays),
      ]),
  );
}
