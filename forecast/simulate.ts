import type { Correlation } from './correlation';
import { mondayOf } from './day';
import type { Distribution } from './prediction';
import { hashOf, normalQuantile, Random } from './random';

/** Days ahead of the origin, both included. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Totals of each period over all draws. One normal number per due week, one per customer and one per customer and due date shift the payment dates of their
 * items together (a Gaussian copula over the items' own distributions). The numbers depend on the seed and the item only, not on who
 * else is in the group.
 */
export function simulate(
  distributions: readonly Distribution[],
  periods: readonly Span[],
  correlation: Correlation,
  seed: string,
  draws: number,
): Float64Array[] {
  const cuts = [...new Set(periods.flatMap(({ from, to }) => [from - 1, to]))].sort(
    (one, other) => one - other,
  );
  // whole cents in doubles: exact up to 9·10^15, ninety million millions
  const totals = cuts.map(() => new Float64Array(draws));
  const shared = Math.sqrt(correlation.customer);
  const ofRun = Math.sqrt(correlation.run);
  const common = Math.sqrt(correlation.common);
  const alone = Math.sqrt(Math.max(1 - correlation.common - correlation.customer - correlation.run, 0));
  const weeks = new Map<number, Float64Array>();
  const limits = new Float64Array(cuts.length);
  const together = new Float64Array(draws);
  const effect = new Float64Array(draws);
  let customer = '';
  let due = Number.NaN;
  for (const { item, probabilities } of distributions) {
    if (item.invoice.customer !== customer || Number.isNaN(due)) {
      customer = item.invoice.customer;
      due = Number.NaN;
      const ofCustomer = new Random(hashOf(`${seed} ${customer}`));
      for (let draw = 0; draw < draws; draw += 1) effect[draw] = shared * ofCustomer.normal();
    }
    if (item.due !== due) {
      due = item.due;
      const run = new Random(hashOf(`${seed} ${customer} ${due}`));
      let week = weeks.get(mondayOf(due));
      if (!week) {
        const ofWeek = new Random(hashOf(`${seed} ${mondayOf(due)}`));
        week = Float64Array.from({ length: draws }, () => common * ofWeek.normal());
        weeks.set(mondayOf(due), week);
      }
      for (let draw = 0; draw < draws; draw += 1)
        together[draw] = (effect[draw] ?? 0) + (week[draw] ?? 0) + ofRun * run.normal();
    }
    cuts.forEach((cut, at) => {
      let sum = 0;
      for (let ahead = 1; ahead <= cut; ahead += 1) sum += probabilities[ahead - 1] ?? 0;
      limits[at] = normalQuantile(Math.min(sum, 1));
    });
    const own = new Random(hashOf(`${seed} ${customer} ${due} ${item.invoice.id}`));
    const cents = Number(item.amountCents);
    for (let draw = 0; draw < draws; draw += 1) {
      const score = (together[draw] ?? 0) + alone * own.normal();
      let at = 0;
      while (at < cuts.length && score > (limits[at] ?? 0)) at += 1;
      const total = totals[at];
      if (total) total[draw] = (total[draw] ?? 0) + cents;
    }
  }
  return periods.map(({ from, to }) => {
    const sums = new Float64Array(draws);
    cuts.forEach((cut, at) => {
      if (cut < from || cut > to) return;
      totals[at]?.forEach((cents, draw) => (sums[draw] = (sums[draw] ?? 0) + cents));
    });
    return sums;
  });
}
