import { dayOf } from '../days';

const CENTURY_FROM = 70; // SWIFT's messages are no older

/**
 * Day of YYMMDD. Banks that count interest by months of 30 days (30/360) write 30 February as a value date: with
 * `isThirtyDays` it is the last day of that month, and `isMoved` says so. Undefined: no day.
 */
export function shortDate(
  text: string,
  isThirtyDays = false,
): { date: string; isMoved: boolean } | undefined {
  if (!/^\d{6}$/.test(text)) return undefined;
  const [yy, month, day] = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)].map(Number) as Numbers;
  const year = yy < CENTURY_FROM ? 2000 + yy : 1900 + yy;
  const date = dayOf(year, month, day);
  if (date !== undefined) return { date, isMoved: false };
  if (!isThirtyDays || month !== 2 || day < 29 || day > 30) return undefined;
  const last = dayOf(year, 2, 29) ?? dayOf(year, 2, 28);
  return last === undefined ? undefined : { date: last, isMoved: true };
}

type Numbers = [number, number, number];

/** Day of the entry's MMDD: of the year in which it lies nearest to the value date, so 1231 beside 2 January is the year before. */
export function entryDate(text: string, valueDate: string): string | undefined {
  const year = Number(valueDate.slice(0, 4));
  const [month, day] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))];
  return [year - 1, year, year + 1]
    .flatMap((each) => dayOf(each, month, day) ?? [])
    .sort((one, other) => distance(one, valueDate) - distance(other, valueDate))[0];
}

const distance = (one: string, other: string): number => Math.abs(Date.parse(one) - Date.parse(other));
