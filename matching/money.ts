/** `1234.50` */
export function centsText(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Cents of a decimal text with up to two places: `1234.5`. Throws a SyntaxError for anything else. */
export function centsOf(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text);
  if (!found) throw new SyntaxError(`${text} is no amount`);
  const [, sign, whole = '0', fraction = ''] = found;
  const cents = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -cents : cents;
}
