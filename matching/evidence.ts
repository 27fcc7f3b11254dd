import type { Reason, ReasonKey } from './explanation';
import { centsText } from './money';
import type { BankLine, OpenItem, Settings } from './question';
import type { Named, Quality } from './references';

const REFERENCE_POINTS: Readonly<Record<Quality, number>> = { exact: 35, noisy: 30, order: 28, short: 18 };
const QUALITY_ORDER: readonly Quality[] = ['short', 'order', 'noisy', 'exact'];
/** A remark that says why less was paid (扣款, 质量扣款, 返利). */
const DEDUCTION = /扣|折让|返利|罚|索赔|DEDUCT/;

export type Amount = 'exact' | 'discount' | 'rounding' | 'fee' | 'partial' | 'over';
export const AMOUNT_POINTS: Readonly<Record<Amount, number>> = {
  exact: 30,
  discount: 26,
  rounding: 26,
  fee: 20,
  partial: 8,
  over: 6,
};

/** What the difference between items and money is; `over` is the items' sum less the money. */
export function amountOf(
  line: BankLine,
  items: readonly OpenItem[],
  over: bigint,
  { roundingCents, feeCents }: Settings,
): Amount {
  if (over === 0n) return 'exact';
  const discount = items.reduce(
    (sum, item) => sum + (item.discount && line.day <= item.discount.until ? item.discount.cents : 0n),
    0n,
  );
  if (discount > 0n && over === discount) return 'discount';
  if (absolute(over) <= roundingCents) return 'rounding';
  if (over > 0n) return over <= feeCents ? 'fee' : 'partial';
  return 'over';
}

/** The same as a sentence. */
export function amountReason(
  line: BankLine,
  items: readonly OpenItem[],
  over: bigint,
  amount: Amount,
): Reason {
  const hasNote = items.some(({ cents }) => cents < 0n);
  const keys: Record<Amount, ReasonKey> = {
    exact: hasNote ? 'amount_netted' : items.length === 1 ? 'amount_exact' : 'amount_sum',
    discount: 'amount_discount',
    rounding: 'amount_rounding',
    fee: 'amount_fee',
    partial: DEDUCTION.test(line.remark) ? 'amount_deduction' : 'amount_partial',
    over: 'amount_over',
  };
  return reason(keys[amount], { items: String(items.length), difference: centsText(absolute(over)) });
}

/** How items agree with what a remark names. */
export interface Reference {
  points: number;
  isWhole: boolean;
  contradicts: boolean;
  quality: Quality | undefined;
  reasons: Reason[];
}

/** How the items agree with what the remark names. */
export function referenceOf(items: readonly OpenItem[], named: Named): Reference {
  const nothing = { points: 0, isWhole: false, contradicts: false, quality: undefined, reasons: [] };
  if (named.items.size === 0) {
    const [text] = named.unknown;
    return text === undefined
      ? nothing
      : { ...nothing, points: -4, reasons: [reason('reference_unknown', { text })] };
  }
  const owed = items.filter(({ cents }) => cents > 0n);
  const hit = owed.filter(({ id }) => named.items.has(id));
  const numbers = [...new Set(hit.map(({ documentNumber }) => documentNumber))].join('、');
  if (hit.length === 0)
    return { ...nothing, points: -25, contradicts: true, reasons: [reason('reference_other', {})] };
  const qualities = hit.flatMap(({ id }) => named.items.get(id) ?? []);
  const quality = QUALITY_ORDER.find((one) => qualities.includes(one)) ?? 'short';
  const strict = [...named.items].filter(([, one]) => one !== 'order');
  const own = new Set(items.map(({ id }) => id));
  const missing = strict.filter(([id]) => !own.has(id)).length;
  if (hit.length === owed.length && missing === 0)
    return {
      points: REFERENCE_POINTS[quality],
      isWhole: true,
      contradicts: false,
      quality,
      reasons: [reason(`reference_${quality}`, { numbers })],
    };
  return {
    points: missing > 0 ? 5 : 15,
    isWhole: false,
    contradicts: missing > 0,
    quality,
    reasons: [reason('reference_some', { numbers })],
  };
}

export const reason = (key: ReasonKey, values: Record<string, string>): Reason => ({ key, values });

const absolute = (cents: bigint): bigint => (cents < 0n ? -cents : cents);
