import { workdayUntil } from './calendar';
import type { Opportunity, OpportunityEdit } from './crm';
import { at, type Day, dayAt } from './days';
import { yuan } from './money';
import { Random } from './random';

/** Younger ones were not touched again. */
const SETTLED_DAYS = 15;
const HUNDRED = yuan(100);

/**
 * What people changed in an opportunity before it got the amount and the expected close that it has (a pushed date, a new
 * quotation), oldest first. The values of today stay, so every total of today does.
 */
export function opportunityEdits(
  seed: number,
  place: number,
  { createdAt, closedDate, amount, expectedCloseDate }: Omit<Opportunity, 'edits'>,
  lastDay: Day,
): OpportunityEdit[] {
  const random = Random.for(seed, `edits of opportunity ${place}`);
  const start = dayAt(createdAt);
  const end = (closedDate ?? lastDay + 1) - 1;
  if (end - start < SETTLED_DAYS) return [];
  const times = (count: number) =>
    Array.from({ length: count }, () =>
      at(workdayUntil(random.int(start + 7, end)), random.int(9, 17), random.int(0, 59), random.int(0, 59)),
    ).toSorted((one, other) => one - other);
  const dates = times(
    random.weighted([
      [0, 45],
      [1, 30],
      [2, 17],
      [3, 8],
    ]),
  );
  const amounts = times(
    random.weighted([
      [0, 62],
      [1, 28],
      [2, 10],
    ]),
  );
  const edits: OpportunityEdit[] = [];
  let close: Day = start + random.int(30, 90);
  for (const [number, changedAt] of dates.entries()) {
    const isLast = number === dates.length - 1;
    const next = isLast ? expectedCloseDate : Math.max(close, dayAt(changedAt)) + random.int(10, 45);
    if (next !== close) edits.push({ changedAt, close: { from: close, to: next } });
    close = next;
  }
  let before = amount;
  for (const changedAt of amounts.toReversed()) {
    const earlier = Math.max(1, Math.round((before * random.between(0.7, 1.3)) / HUNDRED)) * HUNDRED;
    if (earlier !== before) edits.push({ changedAt, amount: { from: earlier, to: before } });
    before = earlier;
  }
  return edits.toSorted((one, other) => one.changedAt - other.changedAt);
}
