/**
 * How the pages write figures, by a second method: text and BigInt here, Intl there. An expected value is made from what
 * the command line answers, so a page that rounds, shifts or adds up differently does not agree.
 */
type Value = string | null | undefined;

/** `-1234.5` → `−1,234.50` */
export function yuan(value: Value): string {
  if (value == null) return '—';
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  return `${value.startsWith('-') ? '−' : ''}${grouped(whole)}.${fraction.padEnd(2, '0')}`;
}

/** `5884590.33` → `588.5`, to the nearest, halves away from zero. */
export function wan(value: Value): string {
  if (value == null) return '—';
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const cents = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
  const tenths = (cents + 50_000n) / 100_000n;
  return `${value.startsWith('-') ? '−' : ''}${grouped(String(tenths / 10n))}.${tenths % 10n}`;
}

export const count = (value: Value): string => (value == null ? '—' : grouped(value));

/** `0.18` → `18.0%` */
export const percent = (value: Value): string =>
  value == null ? '—' : `${tenth(String(Number(value) * 100))}%`;

/** A score or days: `47.53` → `47.5` */
export const tenth = (value: Value): string =>
  value == null ? '—' : Number(value).toFixed(1).replace('-', '−');

/** `0.08` → `+8.0%` */
export function signedPercent(value: Value): string {
  const text = percent(value);
  return /^\d/.test(text) && !text.startsWith('0.0%') ? `+${text}` : text;
}

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',');
