import { amountOf } from './amount';
import { shortDate } from './dates';
import type { Field } from './fields';

/** A balance as :60a:, :62a:, :64: and :65: write it. */
export interface Balance {
  line: number;
  /** Null for 000000: the bank has no date for it. */
  date: string | null;
  /** Null where the bank leaves it out: it is that of the statement. */
  currency: string | null;
  /** Signed; overdrawn is negative. */
  amount: string;
  /** It has no decimal comma: only a statement that adds up with it may keep it. */
  isDoubtful: boolean;
}

/** Reads a balance; undefined when it is none. */
export function balanceOf({ line, lines }: Field): Balance | undefined {
  const text = lines[0]?.text.trim() ?? '';
  const [, mark, day = '', currency, digits = ''] = /^([CD])(\d{6})([A-Z]{3})?([\d.,]+)$/.exec(text) ?? [];
  if (mark === undefined) return undefined;
  const amount = amountOf(digits, mark === 'D');
  const date = day === '000000' ? null : shortDate(day, true)?.date;
  if (amount === undefined || date === undefined) return undefined;
  return {
    line,
    date,
    currency: currency ?? null,
    amount: amount.amount,
    isDoubtful: amount.isDoubtful && /[1-9]/.test(digits), // 0 is 0
  };
}

/** Number, currency and sum of the entries of one direction, as :90D: and :90C: of MT942 write them. */
export function sumField({ lines }: Field): { count: number; currency: string; sum: string } | undefined {
  const [, count, currency = '', digits = ''] =
    /^(\d{1,5})([A-Z]{3})([\d,]+)$/.exec(lines[0]?.text.trim() ?? '') ?? [];
  const sum = amountOf(digits, false);
  return count === undefined || sum === undefined
    ? undefined
    : { count: Number(count), currency, sum: sum.amount };
}
