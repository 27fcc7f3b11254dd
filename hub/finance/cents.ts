import { MillraceError } from '../../connectors/kit';

/** `12,345.6` → 1234560n. Error: `bad_request` for what is no amount in CNY. */
export function centsOf(amount: string): bigint {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(amount.trim().replaceAll(',', ''));
  if (!match) throw new MillraceError('bad_request', { what: 'An amount is written like 12345.67' });
  const [, sign = '', whole = '', fraction = ''] = match;
  return BigInt(`${sign}${whole}${fraction.padEnd(2, '0')}`);
}

/** 1234560n → `12345.60` */
export function centsText(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const totalOf = (amounts: readonly string[]): string =>
  centsText(amounts.reduce((sum, amount) => sum + centsOf(amount), 0n));
