import { bad, type Check, hasTable, ok, warn } from '../finding';

/** The State Council announces the next year's holidays in November. */
const ANNOUNCED_IN_MONTH = 11;

export const calendar: Check = {
  name: 'calendar',
  async run({ warehouse, now }) {
    if (!(await hasTable(warehouse, 'seeds', 'holiday'))) return []; // nothing was built yet
    const [row] = await warehouse.rows('select max(year) as year from seeds.holiday');
    const known = Number(row?.year ?? 0);
    const [year = 0, month = 0] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
      .format(now)
      .split('-')
      .map(Number);
    const where = 'models/seeds/holiday.csv';
    const todo =
      'Install the newest Millrace, or write the notice of the State Council (国务院办公厅关于节假日安排的通知) into this file';
    if (known < year)
      return [
        bad(
          `The holiday calendar ends with ${known}: workdays and due dates of ${year} are guesses`,
          where,
          todo,
        ),
      ];
    if (known === year && month >= ANNOUNCED_IN_MONTH)
      return [
        warn(
          `The holidays of ${year + 1} are missing: due dates beyond New Year are provisional`,
          where,
          todo,
        ),
      ];
    return [ok(`The holiday calendar reaches to the end of ${known}`, where)];
  },
};
