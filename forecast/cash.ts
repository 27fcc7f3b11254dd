import { HORIZON_DAYS } from './book';
import { dayText, type Day, isoWeek, mondayOf, monthEndOf } from './day';
import type { Distribution, Prediction } from './prediction';
import { LEVELS, percentileDisc } from './quantiles';
import { type Span, simulate } from './simulate';

/** Money of a week or month, of the items open at the origin. P10: a 10 % chance of that or less. METRICS HUB-2. */
export interface CashPeriod {
  /** `2026-W28` or `2026-07`. */
  period: string;
  from: Day;
  to: Day;
  p10Cents: bigint;
  p50Cents: bigint;
  p90Cents: bigint;
  /** Expected amount; unlike quantiles, means add up. */
  meanCents: bigint;
}

/** One currency, of one region or of all: regions are simulated, never added. */
export interface CashForecast {
  /** null: the invoices name none. */
  currency: string | null;
  /** null: all regions. */
  region: string | null;
  items: number;
  openCents: bigint;
  weeks: CashPeriod[];
  months: CashPeriod[];
}

const WEEKS = 13;

interface Period extends Span {
  name: string;
}

/** Weeks and months after the origin; the first of each starts on the next day, a month has to end within the horizon. */
function periodsAfter(origin: number): { weeks: Period[]; months: Period[] } {
  const first = mondayOf(origin + 1);
  const weeks = Array.from({ length: WEEKS }, (_, week) => {
    const monday = first + 7 * week;
    return { name: isoWeek(monday), from: Math.max(monday - origin, 1), to: monday + 6 - origin };
  });
  const months: Period[] = [];
  for (let from = 1; ; ) {
    const to = monthEndOf(origin + from) - origin;
    if (to > HORIZON_DAYS) return { weeks, months };
    months.push({ name: dayText(origin + from).slice(0, 7), from, to });
    from = to + 1;
  }
}

/** Totals by week and month: for each currency, for all and for each region of it. */
export function cashOf(origin: number, prediction: Prediction, seed: string, draws: number): CashForecast[] {
  const groups = new Map<string, { currency: string | null; region: string | null; own: Distribution[] }>();
  const put = (currency: string | null, region: string | null, distribution: Distribution) => {
    const key = JSON.stringify([currency, region]);
    const group = groups.get(key) ?? { currency, region, own: [] };
    group.own.push(distribution);
    groups.set(key, group);
  };
  for (const distribution of prediction.distributions) {
    const { currency = null, region } = distribution.item.invoice;
    put(currency, null, distribution);
    if (region !== undefined) put(currency, region, distribution);
  }
  const { weeks, months } = periodsAfter(origin);
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { currency, region, own }]) => {
      const totals = simulate(own, [...weeks, ...months], prediction.correlation, seed, draws);
      const openCents = own.reduce((sum, { item }) => sum + item.amountCents, 0n);
      const describe = (period: Period, at: number): CashPeriod => {
        const sorted = widen(totals[at] ?? new Float64Array(draws), prediction.spread, Number(openCents));
        const [p10Cents = 0n, p50Cents = 0n, p90Cents = 0n] = LEVELS.map((level) =>
          BigInt(percentileDisc(sorted, level) ?? 0),
        );
        return {
          period: period.name,
          from: dayText(origin + period.from),
          to: dayText(origin + period.to),
          p10Cents,
          p50Cents,
          p90Cents,
          meanCents: expected(own, period),
        };
      };
      return {
        currency,
        region,
        items: own.length,
        openCents,
        weeks: weeks.map(describe),
        months: months.map((period, at) => describe(period, WEEKS + at)),
      };
    });
}

/** Sorted totals, as far from their median as past origins say: sums of many items move together more than the items show. */
function widen(totals: Float64Array, spread: number, most: number): Float64Array {
  totals.sort();
  const median = percentileDisc(totals, 0.5) ?? 0;
  return totals.map((total) => Math.min(Math.max(Math.round(median + spread * (total - median)), 0), most));
}

function expected(distributions: readonly Distribution[], { from, to }: Period): bigint {
  let sum = 0n;
  for (const { item, probabilities } of distributions) {
    let share = 0;
    for (let ahead = from; ahead <= to; ahead += 1) share += probabilities[ahead - 1] ?? 0;
    sum += item.amountCents * BigInt(Math.round(share * 1e9));
  }
  return (sum + 500_000_000n) / 1_000_000_000n;
}
