import { LEVELS, pinball, wilson } from './quantiles';

/** A share and its Wilson 95 % interval. METRICS HUB-5. */
export interface Share {
  rate: number;
  low: number;
  high: number;
}

/**
 * Errors of payment dates. An invoice still unpaid at the end of what is known counts as paid on the day after: the least that its error
 * can be; `censored` says how many.
 */
export interface DayScores {
  items: number;
  censored: number;
  /** Mean absolute error of P50, in days. */
  maeDays: number;
  /** Mean over P10, P50, P90 of the quantile score with the factor 2 (METRICS HUB-4), in days. */
  quantileScoreDays: number;
  /** Half of it: the plain pinball loss. */
  pinballDays: number;
  /** Share paid from P10 to P90, both included. */
  coverage: Share | null;
  /** Share paid before P10 and after P90. */
  below: number;
  above: number;
}

/** Adds up the errors of many items. */
export class DayErrors {
  private items = 0;
  private censored = 0;
  private absolute = 0;
  private score = 0;
  private below = 0;
  private above = 0;

  /** Quantiles and the actual, in days on one scale. */
  add(quantiles: readonly number[], actual: number, isCensored: boolean): void {
    const [p10 = 0, p50 = 0, p90 = 0] = quantiles;
    this.items += 1;
    if (isCensored) this.censored += 1;
    this.absolute += Math.abs(actual - p50);
    LEVELS.forEach((level, at) => (this.score += pinball(quantiles[at] ?? 0, level, actual) / LEVELS.length));
    if (actual < p10) this.below += 1;
    if (actual > p90) this.above += 1;
  }

  addAll(other: DayErrors): void {
    this.items += other.items;
    this.censored += other.censored;
    this.absolute += other.absolute;
    this.score += other.score;
    this.below += other.below;
    this.above += other.above;
  }

  scores(): DayScores | null {
    const { items, censored, score } = this;
    if (items === 0) return null;
    return {
      items,
      censored,
      maeDays: this.absolute / items,
      quantileScoreDays: score / items,
      pinballDays: score / items / 2,
      coverage: wilson(items - this.below - this.above, items),
      below: this.below / items,
      above: this.above / items,
    };
  }
}
