/** 32-bit FNV-1a of a text: the seed of a customer's draws does not depend on who else is in the book. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Deterministic 32-bit numbers (xorshift, Marsaglia 2003). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed === 0 ? 0x9e3779b9 : seed | 0;
    for (let turn = 0; turn < 8; turn += 1) this.next();
  }

  private next(): number {
    let state = this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return state >>> 0;
  }

  /** Standard normal, by the quantile of one of 65,536 equal steps. */
  normal(): number {
    return NORMAL[this.next() >>> 16] ?? 0;
  }
}

const NORMAL = Float64Array.from({ length: 65_536 }, (_, step) => normalQuantile((step + 0.5) / 65_536));

/** Inverse of the standard normal distribution function; relative error below 1.2e-9 (P. J. Acklam's rational approximation). */
export function normalQuantile(probability: number): number {
  if (probability <= 0) return Number.NEGATIVE_INFINITY;
  if (probability >= 1) return Number.POSITIVE_INFINITY;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability < 0.02425) {
    const tail = Math.sqrt(-2 * Math.log(probability));
    return (
      (((((-7.784894002430293e-3 * tail - 0.3223964580411365) * tail - 2.400758277161838) * tail -
        2.549732539343734) *
        tail +
        4.374664141464968) *
        tail +
        2.938163982698783) /
      ((((7.784695709041462e-3 * tail + 0.3224671290700398) * tail + 2.445134137142996) * tail +
        3.754408661907416) *
        tail +
        1)
    );
  }
  const middle = probability - 0.5;
  const square = middle * middle;
  return (
    ((((((-39.69683028665376 * square + 220.9460984245205) * square - 275.9285104469687) * square +
      138.357751867269) *
      square -
      30.66479806614716) *
      square +
      2.506628277459239) *
      middle) /
    (((((-54.47609879822406 * square + 161.5858368580409) * square - 155.6989798598868) * square +
      66.80131188771972) *
      square -
      13.28068155288572) *
      square +
      1)
  );
}
