/** Business days as numbers from 2025-01-01 (0), and moments of knowledge on them. */
export type Day = number;

const START = Date.UTC(2025, 0, 1);
const DAY_MS = 86_400_000;

export const dayText = (day: Day): string => new Date(START + day * DAY_MS).toISOString().slice(0, 10);

/** 02:00 UTC is 10:00 in Shanghai: the same business day. */
export const moment = (day: Day): string => `${dayText(day)} 02:00:00`;

/** The last day of the day's month. */
export function monthEnd(day: Day): Day {
  const date = new Date(START + day * DAY_MS);
  return Math.round((Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) - START) / DAY_MS);
}

/** As SQL's interval of months: the same day of the month, or the last one of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(START + day * DAY_MS);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const dayOfMonth = Math.min(date.getUTCDate(), last);
  return Math.round(
    (Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, dayOfMonth) - START) / DAY_MS,
  );
}

/** Cents as decimal text: -105n is -1.05. */
export function money(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
