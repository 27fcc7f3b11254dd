/** Months are text, `2026-03`; days are text, `2026-03-31`. No time zone can move them. */
export type Month = string;
export type Day = string;

const number = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const text = (n: number): Month => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const addMonths = (month: Month, n: number): Month => text(number(month) + n);
export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day =>
  `${month}-${new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()}`;

/** Both ends included. */
export const monthsBetween = (from: Month, to: Month): Month[] =>
  Array.from({ length: Math.max(0, number(to) - number(from) + 1) }, (_, i) => addMonths(from, i));

/** A month is running until data of its last day are there. */
export const isRunning = (month: Month, asOf: Day) => lastDay(month) > asOf;

export type Period = { from: Month; to: Month };
export const twelveMonthsTo = (to: Month): Period => ({ from: addMonths(to, -11), to });

/** What pages show first: a month that can be judged. */
export const lastCompleteMonth = (asOf: Day): Month =>
  isRunning(monthOf(asOf), asOf) ? addMonths(monthOf(asOf), -1) : monthOf(asOf);
