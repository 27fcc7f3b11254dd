/** Mixtures of spread-out forecasts are too wide (Gneiting & Ranjan 2013): a power above 1 draws them together. Tuned on rolling origins. */
const SHARPEN = 1.08;

/** Weighted mean of distributions, sharpened; sums to 1. */
export function mix(distributions: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const mixed = new Float64Array(distributions[0]?.length ?? 0);
  distributions.forEach((distribution, which) => {
    const weight = weights[which] ?? 0;
    if (weight > 0)
      for (let at = 0; at < mixed.length; at += 1)
        mixed[at] = (mixed[at] ?? 0) + weight * (distribution[at] ?? 0);
  });
  let sum = 0;
  for (let at = 0; at < mixed.length; at += 1) {
    const probability = mixed[at] ?? 0;
    if (probability === 0) continue;
    mixed[at] = probability ** SHARPEN;
    sum += mixed[at] ?? 0;
  }
  for (let at = 0; at < mixed.length; at += 1) mixed[at] = (mixed[at] ?? 0) / sum;
  return mixed;
}
