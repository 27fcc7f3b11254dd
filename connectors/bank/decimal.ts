/**
 * Exact decimal text of an amount's digits: no leading zeros, at least two decimals, zeros beyond the second dropped, so that
 * 5442.09000 is 5442.09, 2700 is 2700.00 and 1.234 stays. Undefined when it does not fit DECIMAL(18,2) before its point.
 */
export function decimalText(whole: string, fraction: string, isNegative: boolean): string | undefined {
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  if (integer.length > MAX_WHOLE_DIGITS || fraction.length > MAX_DECIMALS) return undefined;
  const text = `${integer}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
  return isNegative && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Exact sum of decimal texts. */
export function sumOf(amounts: readonly string[]): string {
  const total = amounts.reduce((sum, amount) => sum + unitsOf(amount), 0n);
  const digits = String(total < 0n ? -total : total).padStart(MAX_DECIMALS + 1, '0');
  const [whole, fraction] = [digits.slice(0, -MAX_DECIMALS), digits.slice(-MAX_DECIMALS)];
  const text = `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
  return total < 0n ? `-${text}` : text;
}

/** The same amount, however many zeros stand behind it. */
export const isSameAmount = (one: string, other: string): boolean => unitsOf(one) === unitsOf(other);

/** The amount with the other sign; zero has none. */
export function negated(amount: string): string {
  if (amount.startsWith('-')) return amount.slice(1);
  return /[1-9]/.test(amount) ? `-${amount}` : amount;
}

const MAX_WHOLE_DIGITS = 16;
const MAX_DECIMALS = 12;

/** In units of 10^-MAX_DECIMALS. */
function unitsOf(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(MAX_DECIMALS, '0'));
  return amount.startsWith('-') ? -units : units;
}
