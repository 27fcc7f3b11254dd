/**
 * Writes models/seeds/holiday.csv from the holiday library (chinese-days, which follows the State Council's notices):
 * `node scripts/holidays.js`, or `--print` to look. Run it when the library has a new year; the test beside core.calendar compares the two.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const FIRST_YEAR = 2022; // core.calendar begins then
const seed = join(__dirname, '..', 'models', 'seeds', 'holiday.csv');
const library = join(__dirname, '..', 'node_modules', 'chinese-days');

const NOTICES = {
  2022: 'for 2022',
  2023: 'for 2023',
  2024: '国办发明电〔2023〕7号',
  2025: '国办发明电〔2024〕12号',
  2026: 'notice of 2025-11-04',
};

/** The seed's text: ranges of days off with their weekend days, and the weekend days that are worked instead. */
function holidayCsv() {
  const { holidays, workdays } = JSON.parse(readFileSync(join(library, 'dist', 'chinese-days.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));
  const rows = [...ranges(holidays, workdays, 'off'), ...ranges(workdays, {}, 'make_up')]
    .filter(({ year }) => year >= FIRST_YEAR)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  const lines = rows.map(
    ({ year, kind, from, to, name }) =>
      `${year},${kind},${from},${to},${name},${NOTICES[year] ?? `chinese-days ${version}`}`,
  );
  return `year,kind,from_day,to_day,name,notice\n${lines.join('\n')}\n`;
}

/** Runs of the named days; a run of days off takes in the weekend beside it unless that is worked. */
function ranges(named, worked, kind) {
  const isOff = (day) => day in named || (kind === 'off' && isWeekend(day) && !(day in worked));
  const found = [];
  for (const day of Object.keys(named).sort()) {
    const last = found.at(-1);
    if (last && day <= last.to) continue;
    let [from, to] = [day, day];
    while (isOff(next(from, -1))) from = next(from, -1);
    while (isOff(next(to, 1))) to = next(to, 1);
    found.push({ kind, from, to, year: Number(to.slice(0, 4)), name: chineseName(named[day]) });
  }
  return found;
}

/** "National Day,国庆节,3" → 国庆节 */
const chineseName = (name) => name.split(',')[1] ?? name;
const next = (day, n) => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);
const isWeekend = (day) => [0, 6].includes(new Date(Date.parse(day)).getUTCDay());

if (process.argv.includes('--print')) process.stdout.write(holidayCsv());
else writeFileSync(seed, holidayCsv());
