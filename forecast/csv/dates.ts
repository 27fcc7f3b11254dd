import { type Day, dayNumber } from '../day';

/** How dates with slashes or dots are written in one file; a file writes all of them alike. */
export type DateOrder = 'month first' | 'day first' | 'not told' | 'both';

const PARTS = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}:\d\d.*)?$/;

/** A part above twelve is a day; without any such part nobody can tell. */
export function dateOrderOf(texts: readonly string[]): DateOrder {
  let isMonthFirst = false;
  let isDayFirst = false;
  for (const text of texts) {
    const parts = PARTS.exec(text);
    if (Number(parts?.[1]) > 12) isDayFirst = true;
    if (Number(parts?.[3]) > 12) isMonthFirst = true;
  }
  if (isMonthFirst && isDayFirst) return 'both';
  if (isDayFirst) return 'day first';
  return isMonthFirst ? 'month first' : 'not told';
}

/** `2026-01-31`, `2026/1/31`, `20260131`, and `1/31/2026` by the file's order (month first where it is not told); null for anything else. */
export function readDay(text: string, order: DateOrder): Day | null {
  const plain = /^(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})(?:\.0)?(?:[ T]\d{1,2}:\d\d.*)?$/.exec(text);
  if (plain) return valid(plain[1], plain[2], plain[3]);
  const parts = PARTS.exec(text);
  if (!parts || order === 'both') return null;
  return order === 'day first' ? valid(parts[4], parts[3], parts[1]) : valid(parts[4], parts[1], parts[3]);
}

function valid(year = '', month = '', day = ''): Day | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return Number.isNaN(dayNumber(text)) ? null : text;
}
