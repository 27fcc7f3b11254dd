/** What banks write in a cell, made plain. */
export const tidy = (cell: string): string =>
  PLAIN.test(cell) ? cell : cell.replace(/[\s\u00a0\u3000]+/g, ' ').trim();

const PLAIN = /^[^\s\u00a0\u3000]*$/; // most cells, and a replacement costs ten times the look

/** A header cell or label, comparable: half-width, without blanks and without its English half in square brackets. */
export const headerText = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\s+/g, '');

/** A dash, or several, is how some banks write "nothing". */
export function textOf(cell: string | undefined): string | null {
  const text = tidy(cell ?? '');
  return text === '' || /^[-—]+$/.test(text) ? null : text;
}

/**
 * Exact decimal text with two decimals; undefined when the cell is no amount, null when it is empty.
 * Forms: 50,000.00 · ¥1234.56 · +10.00 · 1234 · (1234.56) is negative · 12.340000 when the rest is zeros.
 */
export function amountOf(cell: string | undefined): string | null | undefined {
  const text = textOf((cell ?? '').normalize('NFKC'));
  if (text === null) return null;
  const plain = text
    .replace(/\s/g, '')
    .replace(/^([(+-]?)(¥|CNY|RMB)/i, '$1')
    .replace(/元$/, '');
  const match = /^(\()?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?(\))?$/.exec(plain);
  if (!match) return undefined;
  const [, open, sign, whole = '', fraction = '', close] = match;
  if ((open === undefined) !== (close === undefined)) return undefined;
  const cents = fraction.replace(/0+$/, '');
  if (cents.length > 2) return undefined;
  const digits = `${whole.replace(/,/g, '').replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`;
  const isNegative = (sign === '-') !== (open !== undefined);
  return isNegative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** `yyyy-mm-dd` of 2025-09-03, 2025/9/3, 2025.09.03, 2025年9月3日, 20250903, each also with a time behind it. */
export function dateOf(cell: string | undefined): string | undefined {
  const text = tidy((cell ?? '').normalize('NFKC'));
  const match =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[ T])/.exec(text) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(?=$|[ T]|\d{6}$)/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

/** `hh:mm:ss` of 15:24:03, 14:30, 132324, or of the end of a date with a time. */
export function timeOf(cell: string | undefined): string | undefined {
  const text = tidy((cell ?? '').normalize('NFKC'));
  const match =
    /(?:^|[ T日])(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text) ??
    /(?:^|[ T]|^\d{8})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Integer cents of decimal text with two decimals. */
export const centsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

export function amountFrom(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const UNIT_DECIMALS = 4; // no currency has more

/** Integer ten-thousandths of decimal text, for sums in currencies of 0, 2 or 3 decimals. */
export function unitsOf(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(`${whole}${fraction.padEnd(UNIT_DECIMALS, '0')}`);
}

/** Decimal text with at least two decimals. */
export function unitsText(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(UNIT_DECIMALS + 1, '0');
  const fraction = digits.slice(-UNIT_DECIMALS).replace(/0{1,2}$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -UNIT_DECIMALS)}.${fraction}`;
}
