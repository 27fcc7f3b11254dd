import type { SandboxAnswer } from '../../kit';
import type { FieldType } from './forms';
import type { Column } from './query';
import { isoTime, type Line } from './table';
import { text } from './text';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Rows as ExecuteBillQuery gives them: arrays of values in the order of FieldKeys. */
export function arraysOf(columns: Column[], lines: Line[]): SandboxAnswer {
  const row = (line: Line) => `[${columns.map(({ type, get }) => valueOf(type, get(line))).join(',')}]`;
  return { headers: JSON_HEADERS, body: `[${lines.map(row).join(',')}]` };
}

/** Rows as BillQuery gives them: objects keyed by FieldKeys. */
export function objectsOf(columns: Column[], lines: Line[]): SandboxAnswer {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const row = (line: Line) =>
    `{${columns.map(({ type, get }, index) => `${names[index]}:${valueOf(type, get(line))}`).join(',')}}`;
  return { headers: JSON_HEADERS, body: `[${lines.map(row).join(',')}]` };
}

/** A value in JSON: blank text is one space, a missing number 0, a date has a midnight time, decimals stay exact digits. */
function valueOf(type: FieldType, value: unknown): string {
  if (value === undefined || value === null || value === '') {
    return type === 'text' ? '" "' : type === 'number' ? '0' : type === 'flag' ? 'false' : 'null';
  }
  if (type === 'number') return numberOf(text(value));
  if (type === 'flag') return value === true || value === '1' || value === 1 ? 'true' : 'false';
  if (type === 'time') return `"${isoTime(text(value))}"`;
  return JSON.stringify(text(value));
}

/** `1250.00` → `1250.0`, as the vendor writes it; what is no number (a planted bad row) is sent as text. */
function numberOf(digits: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(digits)) return JSON.stringify(digits);
  return digits.includes('.') ? digits.replace(/(\.\d+?)0+$/, '$1') : digits;
}
