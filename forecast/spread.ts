import type { Correlation } from './correlation';
import { mix } from './mix';
import type { PastForecast } from './learn';
import type { Distribution } from './prediction';
import { percentileDisc } from './quantiles';
import { simulate } from './simulate';

const WEEKS = 4;
const DRAWS = 300;
/** Weeks that what is usual counts as, and the square of its deviations; one week counts at most as so many, squared. */
const PRIOR_WEEKS = 3;
const PRIOR_SQUARE = 1.7;
const MOST_SQUARE = 9;
const WIDEST = 2.5;
/** Distance of P10 and P90 of a normal distribution, in standard deviations. */
const P10_TO_P90 = 2.563;

interface PastOrigin {
  knownDays: number;
  distributions: Distribution[];
  paidAhead: (number | null)[];
}

/** Weekly totals of past origins as they would have been simulated, against what came. */
export class PastTotals {
  private readonly origins = new Map<string, PastOrigin>();

  add({ item, distributions, priorWeights, paidAhead, knownDays }: PastForecast): void {
    const key = `${knownDays} ${item.invoice.currency ?? ''}`;
    let origin = this.origins.get(key);
    if (!origin) this.origins.set(key, (origin = { knownDays, distributions: [], paidAhead: [] }));
    // the first weeks only: the rest of a distribution is not needed and would fill the memory
    const probabilities = mix(distributions, priorWeights).slice(0, WEEKS * 7);
    origin.distributions.push({ item, probabilities });
    origin.paidAhead.push(paidAhead);
  }

  /** Root mean square of the distance from the median, in simulated standard deviations. */
  result(correlation: Correlation): number {
    let squares = PRIOR_WEEKS * PRIOR_SQUARE;
    let weeks = PRIOR_WEEKS;
    for (const { knownDays, distributions, paidAhead } of this.origins.values()) {
      const spans = Array.from({ length: Math.min(WEEKS, Math.floor(knownDays / 7)) }, (_, week) => ({
        from: 7 * week + 1,
        to: 7 * week + 7,
      }));
      const totals = simulate(distributions, spans, correlation, 'past', DRAWS);
      spans.forEach(({ from, to }, week) => {
        const sorted = (totals[week] ?? new Float64Array(DRAWS)).sort();
        const [low = 0, middle = 0, high = 0] = [0.1, 0.5, 0.9].map((level) => percentileDisc(sorted, level));
        if (high === low) return;
        let cents = 0n;
        distributions.forEach(({ item }, at) => {
          const day = paidAhead[at];
          if (day != null && day >= from && day <= to) cents += item.amountCents;
        });
        squares += Math.min(((Number(cents) - middle) / ((high - low) / P10_TO_P90)) ** 2, MOST_SQUARE);
        weeks += 1;
      });
    }
    return Math.min(Math.max(Math.sqrt(squares / weeks), 1), WIDEST);
  }
}
