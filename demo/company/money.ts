/** Whole cents of CNY. A JavaScript number holds them exactly up to 90 trillion yuan. */
export type Cents = number;

/** `1234.56` */
export function centsText(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const yuan = (amount: number): Cents => Math.round(amount * 100);

/** Splits cents by shares; the cents that rounding leaves go to the last part. */
export function splitCents(total: Cents, shares: readonly number[]): Cents[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const parts = shares.map((share) => Math.floor((total * share) / whole));
  const last = parts.length - 1;
  parts[last] = (parts[last] ?? 0) + total - parts.reduce((sum, part) => sum + part, 0);
  return parts;
}
