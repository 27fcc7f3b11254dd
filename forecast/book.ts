import { type Calendar, calendarOf, Workdays } from './calendar';
import { dayNumber, dayOfMonth, weekdayOf } from './day';
import type { Invoice } from './invoice';

/** Days ahead that a payment-date distribution covers; what is left is "never within" (METRICS HUB-1). */
export const HORIZON_DAYS = 180;

/** An invoice as numbers. Lateness is counted in workdays from the effective due date. */
export interface Item {
  readonly invoice: Invoice;
  readonly amountCents: bigint;
  readonly issued: number;
  readonly due: number;
  /** Workday number of the effective due date. */
  readonly dueIndex: number;
  /** Weekday of the due date as written, 0 = Monday. */
  readonly dueWeekday: number;
  /** Tenth part of the month in which the due date lies, 1 to 11. */
  readonly dueTenth: number;
  /** Natural logarithm of the amount in cents, to the nearest whole number: amounts within a factor of about two. */
  readonly size: number;
  /** First lateness at which it can be paid. */
  readonly entry: number;
  /** Day of payment as far as known at the origin. */
  readonly paid: number | null;
  /** Lateness of the payment; of an open item the last one at which it is known to be unpaid. */
  readonly lateness: number;
  /** Region, term and whether disputed: what items of different customers share. */
  readonly segment: string;
}

export interface Customer {
  readonly name: string;
  readonly items: readonly Item[];
  readonly open: readonly Item[];
}

export type LeftOut = 'issued later' | 'not positive' | 'dates';

/** What is known at an origin, by customer. */
export interface Book {
  readonly origin: number;
  readonly calendar: Calendar;
  readonly workdays: Workdays;
  readonly customers: readonly Customer[];
  readonly leftOut: Readonly<Record<LeftOut, number>>;
}

/**
 * The book at the end of a day: rows issued later are not in it, payments after it have not happened. Sorted, so that neither the order
 * of the rows nor rows of later days change anything. Without a calendar that of the payments so far.
 */
export function bookAt(origin: number, invoices: readonly Invoice[], wanted?: Calendar): Book {
  const leftOut = { 'issued later': 0, 'not positive': 0, dates: 0 };
  const rows: { invoice: Invoice; issued: number; due: number; paid: number | null }[] = [];
  let first = origin;
  let last = origin;
  for (const invoice of invoices) {
    const issued = dayNumber(invoice.issued);
    const due = dayNumber(invoice.due);
    const paid = invoice.paid === null ? null : dayNumber(invoice.paid);
    if (issued > origin) leftOut['issued later'] += 1;
    else if (invoice.amountCents <= 0n) leftOut['not positive'] += 1;
    else if (Number.isNaN(issued + due + (paid ?? 0))) leftOut.dates += 1;
    else {
      rows.push({ invoice, issued, due, paid: paid !== null && paid <= origin ? paid : null });
      first = Math.min(first, issued, due, paid ?? due);
      last = Math.max(last, due);
    }
  }
  const calendar = wanted ?? calendarOf(rows.flatMap(({ paid }) => (paid === null ? [] : [paid])));
  const workdays = new Workdays(calendar, first - 10, Math.max(last, origin + HORIZON_DAYS) + 30);
  const byName = new Map<string, Item[]>();
  for (const { invoice, issued, due, paid } of rows) {
    const dueIndex = workdays.indexOf(due);
    const lateness = (paid === null ? workdays.countTo(origin) : workdays.indexOf(paid)) - dueIndex;
    const items = byName.get(invoice.customer);
    const item: Item = {
      invoice,
      amountCents: invoice.amountCents,
      issued,
      due,
      dueIndex,
      dueWeekday: weekdayOf(due),
      dueTenth: Math.ceil(dayOfMonth(due) / 3),
      size: Math.round(Math.log(Number(invoice.amountCents))),
      entry: Math.min(workdays.indexOf(issued) - dueIndex, lateness),
      paid,
      lateness,
      segment: [
        invoice.region ?? '',
        invoice.term ?? termClass(due - issued),
        invoice.isDisputed ? 'disputed' : '',
      ].join('|'),
    };
    if (items) items.push(item);
    else byName.set(invoice.customer, [item]);
  }
  const customers = [...byName]
    .sort(([one], [other]) => compareText(one, other))
    .map(([name, items]) => {
      items.sort(inOrder);
      return { name, items, open: items.filter(({ paid }) => paid === null) };
    });
  return { origin, calendar, workdays, customers, leftOut };
}

/** Terms of about the same length share what they know of each other. */
function termClass(days: number): string {
  if (days <= 3) return 'at once';
  if (days <= 12) return 'to 12 days';
  if (days <= 22) return 'to 22 days';
  if (days <= 37) return 'to 37 days';
  return days <= 67 ? 'to 67 days' : 'longer';
}

function inOrder(one: Item, other: Item): number {
  return (
    one.issued - other.issued ||
    one.due - other.due ||
    Number(one.amountCents - other.amountCents) ||
    compareText(one.invoice.id, other.invoice.id)
  );
}

const compareText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The book as it was at an earlier origin. */
export function earlier(book: Book, origin: number): Book {
  return bookAt(
    origin,
    book.customers.flatMap(({ items }) => items.map(({ invoice }) => invoice)),
    book.calendar,
  );
}
