import type { Day } from './day';
import type { Share } from './dayScores';
import { LEVELS, pinball, wilson } from './quantiles';

/** `people`: no statement = nothing comes; `people_else_mean`: no statement = customer mean. METRICS HUB-6. */
export type Source = 'hub' | 'due_date' | 'customer_mean' | 'people' | 'people_else_mean';

/** Forecast and actual cash of one period, origin and source, of the items open at the origin. */
export interface CashRow {
  origin: Day;
  source: Source;
  currency: string | null;
  /** null: all regions. */
  region: string | null;
  kind: 'week' | 'month';
  period: string;
  from: Day;
  to: Day;
  /** 1: the first period after the origin. */
  horizon: number;
  p10Cents: bigint;
  p50Cents: bigint;
  p90Cents: bigint;
  actualCents: bigint;
}

/** Over the periods of one currency, all regions. */
export interface CashScores {
  currency: string | null;
  kind: 'week' | 'month';
  periods: number;
  actualCents: bigint;
  /** Σ |P50 − actual| / Σ actual. */
  wmape: number | null;
  /** Mean quantile score / mean actual. METRICS HUB-4. */
  quantileScoreRate: number | null;
  coverage: Share | null;
}

/** Scores of one source's rows, by currency and kind of period. */
export function cashScores(rows: readonly CashRow[]): CashScores[] {
  const groups = new Map<string, CashRow[]>();
  for (const row of rows) {
    if (row.region !== null) continue;
    const key = JSON.stringify([row.currency, row.kind]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const [{ currency, kind } = { currency: null, kind: 'week' as const }] = group;
    let actualCents = 0n;
    let error = 0n;
    let score = 0;
    let inside = 0;
    for (const { p10Cents, p50Cents, p90Cents, actualCents: actual } of group) {
      actualCents += actual;
      error += p50Cents > actual ? p50Cents - actual : actual - p50Cents;
      [p10Cents, p50Cents, p90Cents].forEach((cents, at) => {
        // scores are ratios in the end: doubles will do
        score += pinball(Number(cents), LEVELS[at] ?? 0.5, Number(actual)) / LEVELS.length;
      });
      if (p10Cents <= actual && actual <= p90Cents) inside += 1;
    }
    const ratio = (part: number) => (actualCents > 0n ? part / Number(actualCents) : null);
    return {
      currency,
      kind,
      periods: group.length,
      actualCents,
      wmape: ratio(Number(error)),
      quantileScoreRate: ratio(score),
      coverage: wilson(inside, group.length),
    };
  });
}
