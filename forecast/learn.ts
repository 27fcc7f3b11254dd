import { type Book, type Customer, earlier, HORIZON_DAYS, type Item } from './book';
import { EXPERTS, Experts, type Opinions } from './experts';
import { Losses } from './weights';

/** Past origins, in days before the origin, at which the models are judged by what is known since. */
const LAGS = [21, 42, 63, 84];
/** An origin with less history than that teaches nothing about how models do with more. */
const LEAST_HISTORY_DAYS = 60;
/** Items that the weights before count as: of the common ones for a bucket, of a bucket for one customer. */
const BUCKET_ITEMS = 500;
const CUSTOMER_ITEMS = 30;

/** How the models are mixed for a customer. */
export type Mixing = (customer: Customer, opinions: Opinions) => Float64Array;

/** A past forecast of one item and what came of it. */
export interface PastForecast {
  customer: Customer;
  item: Item;
  distributions: readonly Float64Array[];
  priorWeights: readonly number[];
  /** Day ahead of the past origin on which it was paid, as far as known; null: still open. */
  paidAhead: number | null;
  knownDays: number;
}

/**
 * Weights that would have made the pinball loss of past origins least, by how much is known of the customer, and drawn from there to each
 * customer's own. Only what was known at the origin is used: past origins lie inside it. `seen` gets every past forecast.
 */
export function learn(book: Book, seen: (past: PastForecast) => void): Mixing {
  const paid = new Map<string, number | null>();
  let first = book.origin;
  for (const { items } of book.customers)
    for (const item of items) {
      paid.set(keyOf(item), item.paid);
      first = Math.min(first, item.issued);
    }
  const buckets = new Map<string, Losses>();
  const own = new Map<string, Losses>();
  for (const lag of LAGS) {
    const origin = book.origin - lag;
    if (origin - first < LEAST_HISTORY_DAYS) continue;
    const past = earlier(book, origin);
    const experts = new Experts(past);
    for (const customer of past.customers) {
      if (customer.open.length === 0) continue;
      const opinions = experts.of(customer);
      const bucket = lossesIn(buckets, bucketOf(customer, opinions));
      const mine = lossesIn(own, `${customer.name} ${opinions.paysInRuns}`);
      for (const item of customer.open) {
        const distributions = opinions.of(item);
        const day = paid.get(keyOf(item)) ?? null;
        const paidAhead = day === null ? null : day - origin;
        const knownDays = Math.min(lag, HORIZON_DAYS);
        const paidAt = paidAhead === null ? HORIZON_DAYS : paidAhead - 1;
        bucket.add(distributions, paidAt, knownDays);
        mine.add(distributions, paidAt, knownDays);
        seen({ customer, item, distributions, priorWeights: opinions.priorWeights, paidAhead, knownDays });
      }
    }
  }
  return (customer, opinions) => {
    const bucket = buckets.get(bucketOf(customer, opinions)) ?? new Losses(EXPERTS);
    const weights = bucket.weights(opinions.priorWeights, BUCKET_ITEMS);
    const mine = own.get(`${customer.name} ${opinions.paysInRuns}`);
    return mine ? mine.weights(weights, CUSTOMER_ITEMS) : weights;
  };
}

/** Customers of whom about as much is known. */
function bucketOf({ items, open }: Customer, { paysInRuns }: Opinions): string {
  if (paysInRuns) return 'runs';
  const paid = items.length - open.length;
  return paid < 3 ? 'new' : paid < 11 ? 'few' : paid < 51 ? 'some' : 'many';
}

function lossesIn(map: Map<string, Losses>, key: string): Losses {
  let losses = map.get(key);
  if (!losses) map.set(key, (losses = new Losses(EXPERTS)));
  return losses;
}

const keyOf = ({ invoice, issued, due }: Item) => `${invoice.customer} ${invoice.id} ${issued} ${due}`;
