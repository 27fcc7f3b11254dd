/**
 * Weights of several forecasts that make the mixture's pinball loss least. Averaged over all levels the loss is the ranked probability
 * score Σ (F − 1{paid})², over days (Gneiting & Raftery 2007): of a mixture it is a quadratic form in the weights, so that one small
 * matrix holds all that past origins say about them.
 */
export class Losses {
  private readonly size: number;
  private readonly matrix: Float64Array;
  private items = 0;

  constructor(size: number) {
    this.size = size;
    this.matrix = new Float64Array(size * size);
  }

  /**
   * One item: each forecast's probabilities by day, the position of the day of payment (or one that is never reached) and the number of
   * days that are known. Days after the known ones say nothing.
   */
  add(forecasts: readonly Float64Array[], paidAt: number, knownDays: number): void {
    const { size, matrix } = this;
    const sums = new Float64Array(size);
    this.items += 1;
    for (let day = 0; day < knownDays; day += 1) {
      const is = day >= paidAt ? 1 : 0;
      for (let at = 0; at < size; at += 1) sums[at] = (sums[at] ?? 0) + (forecasts[at]?.[day] ?? 0);
      for (let row = 0; row < size; row += 1)
        for (let column = 0; column <= row; column += 1) {
          const at = row * size + column;
          matrix[at] = (matrix[at] ?? 0) + ((sums[row] ?? 0) - is) * ((sums[column] ?? 0) - is);
        }
    }
  }

  /**
   * Non-negative, sum 1: least loss, held at `prior` as strongly as by `priorItems` items. Multiplicative steps down the gradient.
   */
  weights(prior: ArrayLike<number>, priorItems: number): Float64Array {
    const { size, matrix } = this;
    let weights = Float64Array.from(prior);
    if (this.items === 0) return weights;
    const value = (row: number, column: number) =>
      matrix[row >= column ? row * size + column : column * size + row] ?? 0;
    let largest = 0;
    let trace = 0;
    for (let row = 0; row < size; row += 1) {
      largest = Math.max(largest, value(row, row));
      trace += value(row, row);
    }
    if (largest === 0) return weights;
    const hold = ((trace / size) * priorItems) / this.items;
    const pace = 2 / (largest + hold);
    for (let step = 0; step < 300; step += 1) {
      const next = weights.map((weight, row) => {
        let gradient = hold * (weight - (prior[row] ?? 0));
        for (let column = 0; column < size; column += 1)
          gradient += value(row, column) * (weights[column] ?? 0);
        return Math.max(weight, 1e-6) * Math.exp(-pace * gradient);
      });
      const total = next.reduce((sum, weight) => sum + weight, 0);
      weights = next.map((weight) => weight / total);
    }
    return weights;
  }
}
