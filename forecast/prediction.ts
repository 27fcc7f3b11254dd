import type { Item } from './book';
import type { Correlation } from './correlation';

/** Probability of payment on each of the next 180 days; the last cell is "never within". Sums to 1. */
export interface Distribution {
  item: Item;
  probabilities: Float64Array;
}

export interface Prediction {
  /** Of the open items, by customer. */
  distributions: readonly Distribution[];
  correlation: Correlation;
  /** How much wider than simulated the totals of past weeks were spread; 1: as simulated. */
  spread: number;
}
