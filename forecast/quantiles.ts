/** The three probabilities that the hub shows. */
export const LEVELS = [0.1, 0.5, 0.9] as const;

/** First position at which the running sum reaches the level; the last one where it never does. */
export function quantileAt(probabilities: ArrayLike<number>, level: number): number {
  let sum = 0;
  for (let at = 0; at < probabilities.length; at += 1) {
    sum += probabilities[at] ?? 0;
    if (sum >= level - 1e-12) return at;
  }
  return probabilities.length - 1;
}

/** SQL's percentile_disc over sorted values: the first whose rank reaches the level. METRICS 0.8. */
export function percentileDisc<T>(sorted: ArrayLike<T>, level: number): T | undefined {
  return sorted[Math.max(Math.ceil(level * sorted.length - 1e-9) - 1, 0)];
}

/** Quantile score of one quantile; the factor 2 makes the score of P50 the absolute error. METRICS HUB-4. */
export function pinball(forecast: number, level: number, actual: number): number {
  return actual < forecast ? 2 * (1 - level) * (forecast - actual) : 2 * level * (actual - forecast);
}

/** Share with its Wilson 95 % interval; null of nothing. METRICS HUB-5. */
export function wilson(hits: number, of: number): { rate: number; low: number; high: number } | null {
  if (of === 0) return null;
  const z = 1.959963984540054;
  const rate = hits / of;
  const scale = 1 + (z * z) / of;
  const middle = (rate + (z * z) / (2 * of)) / scale;
  const reach = (z / scale) * Math.sqrt((rate * (1 - rate)) / of + (z * z) / (4 * of * of));
  return { rate, low: middle - reach, high: middle + reach };
}

/** 1 − score / score of the baseline; null where the baseline has none. Negative is shown as it is. METRICS HUB-6. */
export const skill = (score: number, baseline: number): number | null =>
  baseline > 0 ? 1 - score / baseline : null;
