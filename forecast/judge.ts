import type { Book } from './book';
import type { Prediction } from './prediction';

/** What an origin forecast, and what is known in the end. */
export interface Judge {
  until: number;
  /** Day of payment by invoice, as known at the end. */
  payments: ReadonlyMap<string, number>;
  prediction: Prediction;
  book: Book;
}
