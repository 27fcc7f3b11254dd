import { MillraceError } from '../connectors/kit';
import { bookAt, HORIZON_DAYS, type LeftOut } from './book';
import type { Calendar } from './calendar';
import { type CashForecast, cashOf } from './cash';
import { type Day, dayNumber, dayText } from './day';
import type { Invoice } from './invoice';
import { predict } from './predict';
import type { Distribution } from './prediction';
import { quantileAt } from './quantiles';

/** Part of the seed: another version of the model draws other numbers. */
export const MODEL_VERSION = 'hazard-mixture 1';

interface ForecastOptions {
  /** Days on which money can come; default: Monday to Friday, or every day where payments have come on weekends too. */
  calendar?: Calendar;
  /** Simulated totals behind the quantiles of cash; default 2,000. */
  draws?: number;
}

interface ForecastInput {
  /** The origin: everything up to the end of this day is known, nothing later is looked at. */
  asOf: Day;
  invoices: readonly Invoice[];
  options?: ForecastOptions;
}

/** Payment-date distribution of one open invoice. METRICS HUB-1. */
interface ItemForecast {
  id: string;
  customer: string;
  amountCents: bigint;
  due: Day;
  /** Paid by then with probability 0.1, 0.5, 0.9; null: later than 180 days, or never. */
  p10: Day | null;
  p50: Day | null;
  p90: Day | null;
  /** Mean date of payment if it is paid within 180 days. */
  mean: Day | null;
  /** Probability that it is not paid within 180 days. */
  never: number;
  /** Probability of payment on each of the next 180 days; sums to 1 with `never`. */
  daily: Float64Array;
}

export interface Forecast {
  asOf: Day;
  modelVersion: string;
  calendar: { name: string; provisionalFrom: Day | null };
  known: {
    invoices: number;
    customers: number;
    paid: number;
    open: number;
    leftOut: Record<LeftOut, number>;
  };
  /** By customer, then issue date. */
  items: ItemForecast[];
  /** Of the open items; for each currency in all and by region. */
  cash: CashForecast[];
}

/** When each open invoice will be paid and what weeks and months will bring, from what is known at the end of a day. */
export function forecastCash({ asOf, invoices, options = {} }: ForecastInput): Forecast {
  const origin = dayNumber(asOf);
  if (Number.isNaN(origin))
    throw new MillraceError('bad_request', {
      what: `"${asOf}" is no day`,
      where: 'forecast, as of',
      todo: 'Write it as YYYY-MM-DD',
    });
  const { draws = 2_000 } = options;
  const book = bookAt(origin, invoices, options.calendar);
  const { calendar } = book;
  const prediction = predict(book);
  const open = prediction.distributions.length;
  const total = book.customers.reduce((sum, { items }) => sum + items.length, 0);
  return {
    asOf,
    modelVersion: MODEL_VERSION,
    calendar: { name: calendar.name, provisionalFrom: calendar.provisionalFrom ?? null },
    known: {
      invoices: total,
      customers: book.customers.length,
      paid: total - open,
      open,
      leftOut: { ...book.leftOut },
    },
    items: prediction.distributions.map((distribution) => describe(origin, distribution)),
    cash: cashOf(origin, prediction, `${MODEL_VERSION} ${asOf}`, draws),
  };
}

function describe(origin: number, { item, probabilities }: Distribution): ItemForecast {
  const day = (level: number) => {
    const at = quantileAt(probabilities, level);
    return at < HORIZON_DAYS ? dayText(origin + at + 1) : null;
  };
  const daily = probabilities.subarray(0, HORIZON_DAYS);
  let sum = 0;
  let days = 0;
  daily.forEach((probability, at) => {
    sum += probability;
    days += probability * (at + 1);
  });
  return {
    id: item.invoice.id,
    customer: item.invoice.customer,
    amountCents: item.amountCents,
    due: item.invoice.due,
    p10: day(0.1),
    p50: day(0.5),
    p90: day(0.9),
    mean: sum > 0 ? dayText(origin + Math.round(days / sum)) : null,
    never: probabilities[HORIZON_DAYS] ?? 0,
    daily,
  };
}
