import { unitsText, unitsOf } from './cells';
import type { Entry, StatementFacts } from './parsed';

export interface BalanceCheck {
  /** Before the first line and after the last one, as the file states them or else by its lines' balances. */
  opening: string | null;
  closing: string | null;
  /** Σ of the lines. */
  total: string;
  /** opening + total − closing; null where the file has no balances. */
  difference: string | null;
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

type Stated = Pick<StatementFacts, 'opening' | 'closing'>;

/**
 * Balance before + amount = balance after, from line to line of one account, and opening + Σ lines = closing (METRICS APP-5).
 * Banks list oldest or newest first; the order with fewer breaks is the file's. A gap means lines are missing or changed; it is
 * reported, not hidden. Lines between two balances (some banks give one a day) count together.
 */
export function checkBalances(
  entries: readonly Entry[],
  stated: Stated = { opening: null, closing: null },
): BalanceCheck {
  const total = entries.reduce((sum, { amount }) => sum + unitsOf(amount), 0n);
  const ordered = isNewestFirst(entries) ? [...entries].reverse() : entries;
  const { steps, rest } = stepsOf(ordered);
  const gaps = gapsOf(steps);
  const [first] = steps;
  const last = steps.at(-1);
  const opening = stated.opening ?? (first ? unitsText(first.balance - first.amount) : null);
  const closing = stated.closing ?? (last ? unitsText(last.balance + rest) : null);
  const difference =
    opening === null || closing === null ? null : unitsOf(opening) + total - unitsOf(closing);
  return {
    opening,
    closing,
    total: unitsText(total),
    difference: difference === null ? null : unitsText(difference),
    isOk:
      difference === null && gaps.length === 0
        ? first
          ? true
          : null
        : difference === 0n && gaps.length === 0,
    gaps: gaps.length,
    firstGap: gaps[0] ?? null,
  };
}

/** Whether the file lists its newest line first. */
export function isNewestFirst(entries: readonly Entry[]): boolean {
  const oldestFirst = gapsOf(stepsOf(entries).steps).length;
  const newestFirst = gapsOf(stepsOf([...entries].reverse()).steps).length;
  if (newestFirst !== oldestFirst) return newestFirst < oldestFirst;
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return false;
  if (first.date !== last.date) return first.date > last.date;
  return (first.time ?? '') > (last.time ?? '');
}

/** Lines with a balance, each with what was booked since the one before; and what follows the last one. */
function stepsOf(entries: readonly Entry[]): { steps: Step[]; rest: bigint } {
  const steps: Step[] = [];
  let rest = 0n;
  for (const { line, amount, balance } of entries) {
    rest += unitsOf(amount);
    if (balance === null) continue;
    steps.push({ line, amount: rest, balance: unitsOf(balance) });
    rest = 0n;
  }
  return { steps, rest };
}

function gapsOf(steps: readonly Step[]): { line: number; difference: string }[] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    const difference = before === undefined ? 0n : step.balance - step.amount - before.balance;
    return difference === 0n ? [] : [{ line: step.line, difference: unitsText(difference) }];
  });
}
