import { mondayOf } from './day';
import type { PastForecast } from './learn';
import { mix } from './mix';
import { normalQuantile } from './random';

/** How much of what moves a payment date is shared; the rest is the invoice's own. */
export interface Correlation {
  /** By the items of all customers that are due in one week: a holiday, a month's end. */
  common: number;
  /** By all items of a customer. */
  customer: number;
  /** Further by those of a customer with one due date: they are paid in one run. */
  run: number;
}

/** What is taken as known before anything is, and as how many items. */
const PRIOR = { common: 0.02, customer: 0.1, run: 0.3, items: 200 };
const MOST = { common: 0.2, customer: 0.4, run: 0.4 };

interface Scores {
  sum: number;
  squares: number;
  count: number;
}

/**
 * Normal scores of past forecasts (how far into its distribution each payment came): the products of two items of one customer at one
 * origin, with one due date or with different ones, and of two customers' in one due week, against a score's own square.
 */
export class CorrelationCounts {
  private readonly origins = new Map<string, Map<number, Scores>>();
  /** By origin and due week, then by customer. */
  private readonly weeks = new Map<string, Map<string, Scores>>();

  add({ customer, item, distributions, priorWeights, paidAhead, knownDays }: PastForecast): void {
    const key = `${customer.name} ${knownDays}`;
    let runs = this.origins.get(key);
    if (!runs) this.origins.set(key, (runs = new Map<number, Scores>()));
    const week = `${knownDays} ${mondayOf(item.due)}`;
    let customers = this.weeks.get(week);
    if (!customers) this.weeks.set(week, (customers = new Map<string, Scores>()));
    const score = scoreOf(mix(distributions, priorWeights), paidAhead, knownDays);
    for (const scores of [scoresIn(runs, item.due), scoresIn(customers, customer.name)]) {
      scores.sum += score;
      scores.squares += score * score;
      scores.count += 1;
    }
  }

  /** Products of a group count as its items, not as its pairs: the largest customer shall not speak for all. */
  result(): Correlation {
    const { common: ofAll, customer, run, items } = PRIOR;
    const same = { sum: (ofAll + customer + run) * items, weight: items };
    const different = { sum: (ofAll + customer) * items, weight: items };
    let squares = items;
    let count = items;
    for (const runs of this.origins.values()) {
      const all: Scores = { sum: 0, squares: 0, count: 0 };
      let runSquares = 0;
      let runPairs = 0;
      for (const one of runs.values()) {
        squares += one.squares;
        count += one.count;
        all.sum += one.sum;
        all.count += one.count;
        runSquares += one.sum ** 2;
        runPairs += one.count ** 2;
        if (one.count > 1) {
          same.sum += (one.sum ** 2 - one.squares) / (one.count - 1);
          same.weight += one.count;
        }
      }
      const pairs = all.count ** 2 - runPairs;
      if (pairs > 0) {
        different.sum += ((all.sum ** 2 - runSquares) / pairs) * all.count;
        different.weight += all.count;
      }
    }
    const variance = squares / count;
    const common = clamp(this.commonProducts() / variance, MOST.common);
    const shared = clamp(different.sum / different.weight / variance - common, MOST.customer);
    const inRun = clamp(same.sum / same.weight / variance - common - shared, MOST.run);
    return { common, customer: shared, run: inRun };
  }

  private commonProducts(): number {
    let sum = PRIOR.common * PRIOR.items;
    let weight: number = PRIOR.items;
    for (const customers of this.weeks.values()) {
      const all: Scores = { sum: 0, squares: 0, count: 0 };
      let squares = 0;
      let own = 0;
      for (const one of customers.values()) {
        all.sum += one.sum;
        all.count += one.count;
        squares += one.sum ** 2;
        own += one.count ** 2;
      }
      const pairs = all.count ** 2 - own;
      if (pairs <= 0) continue;
      sum += ((all.sum ** 2 - squares) / pairs) * all.count;
      weight += all.count;
    }
    return sum / weight;
  }
}

function scoresIn<Key>(map: Map<Key, Scores>, key: Key): Scores {
  let scores = map.get(key);
  if (!scores) map.set(key, (scores = { sum: 0, squares: 0, count: 0 }));
  return scores;
}

const clamp = (share: number, most: number) => Math.min(Math.max(share, 0.005), most);

/** Of an item still open: the middle of what is left. */
function scoreOf(probabilities: Float64Array, paidAhead: number | null, knownDays: number): number {
  const until = paidAhead ?? knownDays;
  let before = 0;
  for (let ahead = 1; ahead < until; ahead += 1) before += probabilities[ahead - 1] ?? 0;
  const reached = before + (probabilities[until - 1] ?? 0);
  const level = paidAhead === null ? (1 + reached) / 2 : (before + reached) / 2;
  return normalQuantile(Math.min(Math.max(level, 0.001), 0.999));
}
