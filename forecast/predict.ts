import type { Book } from './book';
import { CorrelationCounts } from './correlation';
import { Experts } from './experts';
import { learn } from './learn';
import { mix } from './mix';
import type { Distribution, Prediction } from './prediction';
import { PastTotals } from './spread';

/** Payment-date distributions of all open items of a book. METRICS HUB-1. */
export function predict(book: Book): Prediction {
  const scores = new CorrelationCounts();
  const totals = new PastTotals();
  const mixing = learn(book, (past) => {
    scores.add(past);
    totals.add(past);
  });
  const experts = new Experts(book);
  const distributions: Distribution[] = [];
  for (const customer of book.customers) {
    if (customer.open.length === 0) continue;
    const opinions = experts.of(customer);
    const weights = mixing(customer, opinions);
    for (const item of customer.open)
      distributions.push({ item, probabilities: mix(opinions.of(item), weights) });
  }
  const correlation = scores.result();
  return { distributions, correlation, spread: totals.result(correlation) };
}
