import { customerMean, dueDate } from './baselines';
import { bookAt } from './book';
import { type Calendar, weekends } from './calendar';
import { type Day, dayNumber, dayText } from './day';
import type { Invoice } from './invoice';

/** When the two plain methods expect an open invoice to be paid. METRICS HUB-6. */
export interface BaselineDays {
  /** N1: on the effective due date; what is overdue on the next workday. */
  due: Day;
  /** N2: the customer's mean days late of the last year after it. */
  customerMean: Day;
}

/** The baselines' days of every invoice that is open at the end of a day, by id. */
export function baselineDays(
  asOf: Day,
  invoices: readonly Invoice[],
  calendar: Calendar = weekends,
): Map<string, BaselineDays> {
  const book = bookAt(dayNumber(asOf), invoices, calendar);
  const due = dueDate(book);
  const mean = customerMean(book);
  const days = new Map<string, BaselineDays>();
  for (const { open } of book.customers) {
    for (const item of open) {
      const first = dayText(due(item) ?? Number.NaN);
      days.set(item.invoice.id, { due: first, customerMean: dayText(mean(item) ?? Number.NaN) });
    }
  }
  return days;
}
