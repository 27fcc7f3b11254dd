/** A business day in Asia/Shanghai, counted from 1970-01-01. */
export type Day = number;
/** An instant in milliseconds since 1970, UTC. */
export type Instant = number;

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
const texts = new Map<Day, string>();

export const dayOf = (text: string): Day => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);

/** `2026-01-05` */
export function dayText(day: Day): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

/** `2026-01` */
export const monthText = (day: Day): string => dayText(day).slice(0, 7);

export function monthStart(day: Day, monthsLater = 0): Day {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1) / DAY_MS;
}
export const monthEnd = (day: Day): Day => monthStart(day, 1) - 1;
export const yearOf = (day: Day): number => new Date(day * DAY_MS).getUTCFullYear();
/** 1 to 12 */
export const monthOf = (day: Day): number => new Date(day * DAY_MS).getUTCMonth() + 1;
export const dayOfMonth = (day: Day): number => new Date(day * DAY_MS).getUTCDate();

/** The same day of the month, months later; the month's last day where that day does not exist. */
export function addMonths(day: Day, months: number): Day {
  const start = monthStart(day, months);
  return Math.min(start + dayOfMonth(day) - 1, monthEnd(start));
}

/** An instant of a business day, by the clock in Shanghai. */
export const at = (day: Day, hour: number, minute = 0, second = 0): Instant =>
  day * DAY_MS - SHANGHAI_MS + ((hour * 60 + minute) * 60 + second) * 1_000;

/** The business day of an instant. */
export const dayAt = (instant: Instant): Day => Math.floor((instant + SHANGHAI_MS) / DAY_MS);

/** `2026-01-05T09:30:00`, by the clock in Shanghai. Without Date: it is called half a million times. */
export function localText(instant: Instant): string {
  const day = dayAt(instant);
  const seconds = Math.floor((instant + SHANGHAI_MS - day * DAY_MS) / 1_000);
  return `${dayText(day)}T${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
