import { type Day, dayOf, monthOf, monthStart, yearOf } from './days';

/** Off ranges and make-up workdays as the State Council General Office published them; METRICS section 1. */
const OFF: readonly (readonly [from: string, to: string])[] = [
  ['2023-01-21', '2023-01-27'],
  ['2023-04-05', '2023-04-05'],
  ['2023-04-29', '2023-05-03'],
  ['2023-06-22', '2023-06-24'],
  ['2023-09-29', '2023-10-06'],
  ['2023-12-30', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-08', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
  ['2025-04-04', '2025-04-06'],
  ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'],
  ['2025-10-01', '2025-10-08'],
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
];
const MADE_UP = [
  '2023-01-28',
  '2023-01-29',
  '2023-04-23',
  '2023-05-06',
  '2023-06-25',
  '2023-10-07',
  '2023-10-08',
  '2024-02-04',
  '2024-02-18',
  '2024-04-07',
  '2024-04-28',
  '2024-05-11',
  '2024-09-14',
  '2024-09-29',
  '2024-10-12',
  '2025-01-26',
  '2025-02-08',
  '2025-04-27',
  '2025-09-28',
  '2025-10-11',
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
];
/** New Year's Day of the lunar calendar (春节), the day around which factories pause and pay late. */
const SPRING_FESTIVAL = [
  '2021-02-12',
  '2022-02-01',
  '2023-01-22',
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
].map(dayOf);

const off = new Set<Day>();
for (const [from, to] of OFF) for (let day = dayOf(from); day <= dayOf(to); day++) off.add(day);
const madeUp = new Set(MADE_UP.map(dayOf));

/** 0 = Monday … 6 = Sunday. 1970-01-01 was a Thursday. */
const weekday = (day: Day): number => (day + 3) % 7;
export const mondayOf = (day: Day): Day => day - weekday(day);

export const isWorkday = (day: Day): boolean => madeUp.has(day) || (weekday(day) < 5 && !off.has(day));

/** The day itself or the next workday: the effective due date of METRICS section 1. */
export function workdayFrom(day: Day): Day {
  let result = day;
  while (!isWorkday(result)) result++;
  return result;
}

/** The day itself or the workday before. */
export function workdayUntil(day: Day): Day {
  let result = day;
  while (!isWorkday(result)) result--;
  return result;
}

/** The n-th workday after (or, for negative n, before) a day. */
export function addWorkdays(day: Day, n: number): Day {
  const step = n < 0 ? -1 : 1;
  let result = day;
  for (let left = Math.abs(n); left > 0; ) {
    result += step;
    if (isWorkday(result)) left--;
  }
  return result;
}

const monthDays = new Map<Day, Day[]>();

/** The workdays of the month that starts on this day. */
export function workdaysOfMonth(start: Day): Day[] {
  let days = monthDays.get(start);
  if (!days) {
    days = [];
    for (let day = start; day < monthStart(start, 1); day++) if (isWorkday(day)) days.push(day);
    monthDays.set(start, days);
  }
  return days;
}

/** Days from the nearest Spring Festival: negative before it. */
export function daysFromSpringFestival(day: Day): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const festival of SPRING_FESTIVAL)
    if (Math.abs(day - festival) < Math.abs(nearest)) nearest = day - festival;
  return nearest;
}

/** How busy a month is against the mean: the dip at Spring Festival, the peaks before midsummer and the year's end. */
export function seasonOf(start: Day): number {
  const festival = SPRING_FESTIVAL.find((day) => yearOf(day) === yearOf(start));
  if (festival !== undefined && monthStart(festival) === start) return 0.55;
  const month = monthOf(start) - 1;
  return [0.85, 0.9, 1.1, 1.05, 1.0, 1.12, 0.95, 0.92, 1.1, 1.0, 1.08, 1.05][month] ?? 1;
}
