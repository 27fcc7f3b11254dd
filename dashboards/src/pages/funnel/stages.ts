import type { Value } from '../../format';
import type { Stage } from './useStages';

/** From here on a rate is bad: more than 5 percentage points below its benchmark (UI.md), on the displayed tenth. */
const TOLERANCE_TENTHS = 50;
/** A rate of fewer is shown grey with its n. */
export const SMALL_N = 20;

const tenths = (rate: Value) => Math.round(Number(rate) * 1000);

export type Measure = 'count' | 'amount';
export const rateOf = (stage: Stage, measure: Measure) =>
  measure === 'count' ? stage.conversion : stage.conversion_by_amount;

export const isBelow = (rate: Value, benchmark: Value) =>
  rate != null && benchmark != null && tenths(rate) < tenths(benchmark) - TOLERANCE_TENTHS;

/** Won is the pipeline's end: nobody goes on from there, so it has no rate. */
export const isLast = (stage: Stage, all: readonly Stage[]) => stage === all.at(-1);

/** The stage that is furthest below its benchmark; without any benchmark the first. */
export function worstStage(all: readonly Stage[], measure: Measure): Stage | undefined {
  const behind = (stage: Stage) => tenths(stage.benchmark) - tenths(rateOf(stage, measure));
  const judged = all.filter(
    (stage) => !isLast(stage, all) && stage.benchmark !== null && rateOf(stage, measure) !== null,
  );
  return judged.sort((one, other) => behind(other) - behind(one))[0] ?? all[0];
}
