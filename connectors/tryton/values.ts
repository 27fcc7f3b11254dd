/**
 * Tryton's typed JSON, both ways. A Decimal or a date is an object (`{"__class__":"Decimal","decimal":"1.50"}`), which is
 * why this source is parsed and not cut as bytes: the warehouse takes decimal text and ISO dates, not objects.
 */
import { z } from 'zod';

export type Domain = readonly unknown[];

const part = z.number().int();
const typed = z.discriminatedUnion('__class__', [
  z.object({ __class__: z.literal('Decimal'), decimal: z.string() }),
  z.object({ __class__: z.literal('date'), year: part, month: part, day: part }),
  z.object({
    __class__: z.literal('datetime'),
    year: part,
    month: part,
    day: part,
    hour: part,
    minute: part,
    second: part,
    microsecond: part,
  }),
  z.object({ __class__: z.literal('time'), hour: part, minute: part, second: part, microsecond: part }),
  z.object({ __class__: z.literal('timedelta'), seconds: z.number() }),
  z.object({ __class__: z.literal('bytes'), base64: z.string() }),
]);

/** A field's value as plain data: decimal text, `2026-01-05`, `2026-01-05T08:00:00.000000Z`; lists stay lists. */
export function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const known = typed.safeParse(value);
  return known.success ? textOf(known.data) : value;
}

function textOf(value: z.infer<typeof typed>): string {
  switch (value.__class__) {
    case 'Decimal':
      return withoutExponent(value.decimal);
    case 'date':
      return dayOf(value);
    case 'datetime':
      return `${dayOf(value)}T${timeOf(value)}Z`; // naive on the wire and UTC by the protocol
    case 'time':
      return timeOf(value);
    case 'timedelta':
      return String(value.seconds);
    case 'bytes':
      return value.base64.replaceAll('\n', '');
  }
}

const digits = (value: number, width = 2) => String(value).padStart(width, '0');

const dayOf = ({ year, month, day }: { year: number; month: number; day: number }) =>
  `${digits(year, 4)}-${digits(month)}-${digits(day)}`;

/** Always six digits of a second, so that two times compare as text. */
const timeOf = (time: { hour: number; minute: number; second: number; microsecond: number }) =>
  `${digits(time.hour)}:${digits(time.minute)}:${digits(time.second)}.${digits(time.microsecond, 6)}`;

/** Python writes a Decimal as it was computed: `0E-8`, `1.2E+3`. */
function withoutExponent(decimal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(decimal) ?? [];
  if (exponent === undefined) return decimal;
  const point = whole.length + Number(exponent);
  const all = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`.padEnd(Math.max(point, 1), '0');
  const at = Math.max(point, 1);
  const rest = all.slice(at).replace(/0+$/, '');
  return `${sign}${all.slice(0, at).replace(/^0+(?=\d)/, '')}${rest ? `.${rest}` : ''}`;
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?Z?$/;

/** An instant as a domain takes it; a day alone is its beginning. */
export function instant(text: string): Record<string, unknown> {
  const match = INSTANT.exec(text);
  if (!match) throw new Error(`not an instant: ${text}`);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digit) => Number(digit ?? 0));
  const microsecond = Number((match[7] ?? '').padEnd(6, '0'));
  return { __class__: 'datetime', year, month, day, hour, minute, second, microsecond };
}
