/** Days within which an invoice is paid or not. METRICS HUB-5. */
export const CALIBRATION_DAYS = 30;

/** P(paid within 30 days) in tenths against what happened, and the Brier score. METRICS HUB-5. */
export interface Calibration {
  items: number;
  /** Mean squared difference of the probability and what happened (0 or 1). */
  brier: number | null;
  deciles: { from: number; to: number; items: number; predicted: number | null; observed: number | null }[];
}

export class CalibrationCounts {
  private readonly items = new Float64Array(10);
  private readonly predicted = new Float64Array(10);
  private readonly observed = new Float64Array(10);
  private squares = 0;

  add(probability: number, isPaid: boolean): void {
    const decile = Math.min(Math.floor(probability * 10), 9);
    this.items[decile] = (this.items[decile] ?? 0) + 1;
    this.predicted[decile] = (this.predicted[decile] ?? 0) + probability;
    if (isPaid) this.observed[decile] = (this.observed[decile] ?? 0) + 1;
    this.squares += (probability - (isPaid ? 1 : 0)) ** 2;
  }

  result(): Calibration {
    const items = this.items.reduce((sum, count) => sum + count, 0);
    return {
      items,
      brier: items > 0 ? this.squares / items : null,
      deciles: Array.from(this.items, (count, decile) => ({
        from: decile / 10,
        to: (decile + 1) / 10,
        items: count,
        predicted: count > 0 ? (this.predicted[decile] ?? 0) / count : null,
        observed: count > 0 ? (this.observed[decile] ?? 0) / count : null,
      })),
    };
  }
}
