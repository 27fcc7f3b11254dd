const HUNDRED = 100n;
const UNITS: Readonly<Record<string, number>> = { '': 0, 万: 4, 亿: 8 };

/** `1200000`, `1,200,000.00元`, `5000万元人民币` as decimal text in CNY with two decimals; null for anything else. */
export function amountOf(written: string): string | null {
  const bare = written.replaceAll(/[,，\s]|人民币|元|CNY|RMB/gi, '');
  const [, sign = '', whole = '', fraction = '', unit = ''] =
    /^(-?)(\d+)(?:\.(\d+))?(万|亿)?$/.exec(bare) ?? [];
  if (whole === '' || /[美欧港日]元/.test(written)) return null;
  const places = UNITS[unit] ?? 0;
  const digits = whole + fraction.padEnd(places, '0').slice(0, places);
  const rest = fraction.slice(places).padEnd(3, '0');
  const cents = BigInt(digits) * HUNDRED + BigInt(rest.slice(0, 2)) + (rest.charAt(2) >= '5' ? 1n : 0n);
  return sign + fromCents(cents);
}

/** `2026-01-05`, the same with a time, `2026年1月5日`, `20260105` as a day; null for anything else. */
export function dayOf(written: string): string | null {
  const [, year, month = '', day = ''] =
    /^(\d{4})[-/年.]?(\d{1,2})[-/月.]?(\d{1,2})日?(?:[ T].*)?$/.exec(written.trim()) ?? [];
  if (year === undefined) return null;
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return new Date(`${found}T00:00:00Z`).toJSON()?.startsWith(found) ? found : null;
}

/** A price times a number of calls, both exact. */
export const times = (priceCny: string, calls: number): string =>
  fromCents(toCents(priceCny) * BigInt(calls));

export const plus = (one: string, other: string): string => fromCents(toCents(one) + toCents(other));

function toCents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * HUNDRED + BigInt(fraction.padEnd(2, '0').slice(0, 2));
}

const fromCents = (cents: bigint): string => `${cents / HUNDRED}.${String(cents % HUNDRED).padStart(2, '0')}`;
