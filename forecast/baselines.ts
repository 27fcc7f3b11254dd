import type { Book, Item } from './book';
import type { Day } from './day';
import { dayNumber } from './day';

/** What somebody said about when an invoice will be paid. */
export interface Statement {
  /** Id of the invoice. */
  invoice: string;
  madeOn: Day;
  expected: Day;
}

/** Day on which a baseline expects an open item; null: not at all. METRICS HUB-6. */
export type Baseline = (item: Item) => number | null;

const YEAR_DAYS = 365;
const ENOUGH_PAYMENTS = 3;

/** N1: on the effective due date; what is overdue on the next workday. */
export function dueDate(book: Book): Baseline {
  return (item) => workdayFrom(book, Math.max(item.due, book.origin + 1));
}

/** N2: the customer's mean days late of the last year after the effective due date; with fewer than three payments its segment's. */
export function customerMean(book: Book): Baseline {
  const own = new Map<string, Mean>();
  const bySegment = new Map<string, Mean>();
  const all = new Mean();
  for (const { name, items } of book.customers) {
    const mean = new Mean();
    own.set(name, mean);
    for (const item of items) {
      if (item.paid === null || item.paid <= book.origin - YEAR_DAYS) continue;
      const late = item.paid - workdayFrom(book, item.due);
      let segment = bySegment.get(item.segment);
      if (!segment) bySegment.set(item.segment, (segment = new Mean()));
      for (const one of [mean, segment, all]) one.add(late);
    }
  }
  return (item) => {
    const means = [own.get(item.invoice.customer), bySegment.get(item.segment), all];
    const mean = means.find((one) => one !== undefined && one.count >= ENOUGH_PAYMENTS);
    const day = workdayFrom(book, item.due) + Math.round(mean?.value ?? 0);
    return workdayFrom(book, Math.max(day, book.origin + 1));
  };
}

/** N3: the last date that people had said by the origin; a date that has passed means the next workday. */
export function people(book: Book, statements: readonly Statement[]): Baseline {
  const last = new Map<string, { madeOn: Day; expected: Day }>();
  for (const { invoice, madeOn, expected } of statements) {
    const before = last.get(invoice);
    if (dayNumber(madeOn) <= book.origin && (!before || before.madeOn <= madeOn))
      last.set(invoice, { madeOn, expected });
  }
  return (item) => {
    const said = last.get(item.invoice.id);
    return said ? workdayFrom(book, Math.max(dayNumber(said.expected), book.origin + 1)) : null;
  };
}

/** N3b: as people said, where nobody did as N2. */
export function peopleElseMean(book: Book, statements: readonly Statement[]): Baseline {
  const said = people(book, statements);
  const mean = customerMean(book);
  return (item) => said(item) ?? mean(item);
}

class Mean {
  count = 0;
  private sum = 0;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
  }

  get value(): number {
    return this.sum / this.count;
  }
}

function workdayFrom({ workdays }: Book, day: number): number {
  for (let at = day; at < day + 30; at += 1) if (workdays.isWorkday(at)) return at;
  return day;
}
