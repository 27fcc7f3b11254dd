import { baselineDays, type Day, forecastCash, type Invoice } from '../../../forecast';

/** What goes into the thread that computes. */
export interface ForecastJob {
  origin: Day;
  invoices: Invoice[];
  /** Days off between the first and the last day that matter, as days since 1970-01-01. */
  daysOff: Set<number>;
}

/** One open item, money as decimal text, shares as decimal text with eight digits. */
interface ForecastItem {
  itemId: string;
  customerId: string;
  openCny: string;
  p10: Day | null;
  p50: Day | null;
  p90: Day | null;
  mean: Day | null;
  within30: string;
  within90: string;
  never: string;
  dueBaseline: Day;
  meanBaseline: Day;
}

interface ForecastPeriod {
  /** null: all regions together. */
  region: string | null;
  grain: 'week' | 'month';
  from: Day;
  to: Day;
  p10Cny: string;
  p50Cny: string;
  p90Cny: string;
  meanCny: string;
}

export interface ComputedForecast {
  modelVersion: string;
  paidParts: number;
  openCny: string;
  items: ForecastItem[];
  periods: ForecastPeriod[];
}

/** Pure and silent for seconds: runs in a thread of its own where the code is compiled (forecastThread.ts). */
export function computeForecast({ origin, invoices, daysOff }: ForecastJob): ComputedForecast {
  const calendar = { name: 'company', isWorkday: (day: number) => !daysOff.has(day) };
  const forecast = forecastCash({ asOf: origin, invoices, options: { calendar } });
  const baselines = baselineDays(origin, invoices, calendar);
  const items = forecast.items.map((item): ForecastItem => {
    const baseline = baselines.get(item.id);
    return {
      itemId: item.id,
      customerId: item.customer,
      openCny: decimal(item.amountCents),
      p10: item.p10,
      p50: item.p50,
      p90: item.p90,
      mean: item.mean,
      within30: share(sum(item.daily, 30)),
      within90: share(sum(item.daily, 90)),
      never: share(item.never),
      dueBaseline: baseline?.due ?? item.due,
      meanBaseline: baseline?.customerMean ?? item.due,
    };
  });
  const periods = forecast.cash.flatMap(({ region, weeks, months }) =>
    (
      [
        ['week', weeks],
        ['month', months],
      ] as const
    ).flatMap(([grain, list]) =>
      list.map(
        (period): ForecastPeriod => ({
          region,
          grain,
          from: period.from,
          to: period.to,
          p10Cny: decimal(period.p10Cents),
          p50Cny: decimal(period.p50Cents),
          p90Cny: decimal(period.p90Cents),
          meanCny: decimal(period.meanCents),
        }),
      ),
    ),
  );
  return {
    modelVersion: forecast.modelVersion,
    paidParts: forecast.known.paid,
    openCny: decimal(forecast.items.reduce((total, { amountCents }) => total + amountCents, 0n)),
    items,
    periods,
  };
}

function sum(daily: Float64Array, days: number): number {
  let total = 0;
  for (const probability of daily.subarray(0, days)) total += probability;
  return total;
}

/** A probability, never money: eight digits are more than the model knows. */
const share = (probability: number): string => Math.min(Math.max(probability, 0), 1).toFixed(8);

function decimal(cents: bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
