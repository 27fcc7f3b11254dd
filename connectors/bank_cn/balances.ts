import { amountFrom, centsOf } from './cells';
import type { Entry } from './statement';

export interface BalanceCheck {
  opening: string | null;
  closing: string | null;
  /** Null when the bank gives no balances. */
  isOk: boolean | null;
  gaps: number;
  /** Where the chain first breaks, and by how much: what is missing between that line and its neighbour. */
  firstGap: { line: number; difference: string } | null;
}

interface Step {
  line: number;
  amount: bigint;
  balance: bigint;
}

/**
 * Balance before + amount = balance after, from line to line of one account (METRICS APP-5). Banks list oldest or newest
 * first; the order with fewer breaks is the file's. A gap means lines are missing or changed; it is reported, not hidden.
 */
export function checkBalances(entries: readonly Entry[]): BalanceCheck {
  const steps = entries.flatMap(({ line, amount, balance }): Step[] =>
    balance === null ? [] : [{ line, amount: centsOf(amount), balance: centsOf(balance) }],
  );
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return { opening: null, closing: null, isOk: null, gaps: 0, firstGap: null };
  const oldestFirst = gapsOf(steps);
  const newestFirst = gapsOf([...steps].reverse());
  const isReversed =
    newestFirst.length < oldestFirst.length || (newestFirst.length === 0 && isDescending(entries));
  const gaps = isReversed ? newestFirst : oldestFirst;
  const [oldest, newest] = isReversed ? [last, first] : [first, last];
  return {
    opening: amountFrom(oldest.balance - oldest.amount),
    closing: amountFrom(newest.balance),
    isOk: gaps.length === 0,
    gaps: gaps.length,
    firstGap: gaps[0] ?? null,
  };
}

function gapsOf(steps: readonly Step[]): { line: number; difference: string }[] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    const difference = before === undefined ? 0n : step.balance - step.amount - before.balance;
    return difference === 0n ? [] : [{ line: step.line, difference: amountFrom(difference) }];
  });
}

const isDescending = (entries: readonly Entry[]) => (entries[0]?.date ?? '') > (entries.at(-1)?.date ?? '');
