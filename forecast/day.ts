/** A business date as `YYYY-MM-DD`. Inside this room a day is a whole number: days since 1970-01-01. */
export type Day = string;

const DAY_MS = 86_400_000;

/** Days since 1970-01-01; NaN for text that is no day. */
export function dayNumber(day: Day): number {
  let number = numbers.get(day);
  if (number === undefined) {
    number = Date.parse(`${day}T00:00:00Z`) / DAY_MS;
    if (dayText(number) !== day) return Number.NaN;
    numbers.set(day, number);
  }
  return number;
}

/** A book names few days many times. */
const numbers = new Map<Day, number>();

export function dayText(number: number): Day {
  return Number.isNaN(number) ? '' : new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Monday … 6 = Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

/** Monday of the day's week. */
export const mondayOf = (number: number): number => number - weekdayOf(number);

/** `2026-W28`: ISO 8601, the week belongs to the year of its Thursday. */
export function isoWeek(number: number): string {
  const thursday = mondayOf(number) + 3;
  const year = dayText(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Last day of the month in which the day lies. */
export function monthEndOf(number: number): number {
  const date = new Date(number * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / DAY_MS;
}

export const dayOfMonth = (number: number): number => new Date(number * DAY_MS).getUTCDate();
