import { type Explanation, signatureOf } from './explanation';

/** An explanation chosen for a line, and how much worse the whole run would be with another one for it. */
export interface Choice {
  lineId: string;
  chosen: Explanation | null;
  margin: number;
}

/** Steps of the search per component; beyond it the best so far counts, and margins are judged line by line. */
const STEPS = 20_000;
/** Lines of one component whose margins are found by solving again. */
const SOLVED_AGAIN = 40;

/**
 * One explanation at most for each line, no item relieved by more than it owes, the sum of scores as high as can be: lines that share
 * items are solved together by branch and bound, not one after the other. Each choice's margin is what the sum loses when this line may
 * not have it: near zero is a tie, however good the explanation looks alone (METRICS APP-6).
 */
export function assign(
  explanations: ReadonlyMap<string, readonly Explanation[]>,
  openOf: (itemId: string) => bigint,
): Map<string, Choice> {
  const choices = new Map<string, Choice>();
  for (const lineIds of components(explanations)) {
    const options = new Map(lineIds.map((id) => [id, usable(explanations.get(id) ?? [])]));
    const best = solve(options, openOf);
    for (const lineId of lineIds) {
      const chosen = best.picks.get(lineId) ?? null;
      choices.set(lineId, {
        lineId,
        chosen,
        margin: chosen ? marginOf(lineId, chosen, options, best, openOf) : 0,
      });
    }
  }
  return choices;
}

interface Option {
  explanation: Explanation;
  uses: ReadonlyMap<string, bigint>;
  signature: string;
}
interface Solution {
  picks: Map<string, Explanation>;
  score: number;
  isBest: boolean;
}

function marginOf(
  lineId: string,
  chosen: Explanation,
  options: ReadonlyMap<string, readonly Option[]>,
  best: Solution,
  openOf: (itemId: string) => bigint,
): number {
  const signature = signatureOf(chosen.parts);
  const others = (options.get(lineId) ?? []).filter((option) => option.signature !== signature);
  const alone = chosen.score - Math.max(0, ...others.map(({ explanation }) => explanation.score));
  if (options.size === 1 || !best.isBest || options.size > SOLVED_AGAIN) return alone;
  const again = solve(new Map([...options, [lineId, others]]), openOf);
  return again.isBest ? best.score - again.score : alone;
}

const usable = (explanations: readonly Explanation[]): Option[] =>
  explanations
    .filter(({ score }) => score > 0)
    .map((explanation) => ({
      explanation,
      uses: usesOf(explanation),
      signature: signatureOf(explanation.parts),
    }));

/** Cents that an explanation takes of each item; of a credit note as much as it gives. */
function usesOf({ parts }: Explanation): Map<string, bigint> {
  const uses = new Map<string, bigint>();
  for (const { itemId, cents } of parts)
    if (itemId !== null) uses.set(itemId, (uses.get(itemId) ?? 0n) + cents);
  return uses;
}

function solve(
  options: ReadonlyMap<string, readonly Option[]>,
  openOf: (itemId: string) => bigint,
): Solution {
  // Lines with a clear best come first: the bound is tight soon.
  const lines = [...options].sort(([, one], [, other]) => lead(other) - lead(one));
  const hopes: number[] = Array.from({ length: lines.length + 1 }, () => 0);
  for (let at = lines.length - 1; at >= 0; at--)
    hopes[at] = (hopes[at + 1] ?? 0) + (lines[at]?.[1][0]?.explanation.score ?? 0);
  const left = new Map<string, bigint>();
  const picks: (Option | undefined)[] = [];
  let best: (Option | undefined)[] = [];
  let bestScore = -1;
  let steps = 0;
  const go = (at: number, score: number): void => {
    if (steps++ > STEPS || score + (hopes[at] ?? 0) <= bestScore + 1e-9) return;
    const line = lines[at];
    if (!line) {
      best = [...picks];
      bestScore = score;
      return;
    }
    for (const option of line[1]) {
      if (!fits(option, left, openOf)) continue;
      use(option, left, openOf, 1n);
      picks[at] = option;
      go(at + 1, score + option.explanation.score);
      use(option, left, openOf, -1n);
    }
    picks[at] = undefined;
    go(at + 1, score);
  };
  go(0, 0);
  const picked = new Map<string, Explanation>();
  for (const [at, [lineId]] of lines.entries()) {
    const option = best[at];
    if (option) picked.set(lineId, option.explanation);
  }
  return { picks: picked, score: Math.max(0, bestScore), isBest: steps <= STEPS };
}

const lead = (options: readonly Option[]): number =>
  (options[0]?.explanation.score ?? 0) - (options[1]?.explanation.score ?? 0);

function fits(
  option: Option,
  left: ReadonlyMap<string, bigint>,
  openOf: (itemId: string) => bigint,
): boolean {
  for (const [itemId, cents] of option.uses) {
    const open = left.get(itemId) ?? openOf(itemId);
    if (open >= 0n ? cents > open : cents < open) return false;
  }
  return true;
}

function use(
  option: Option,
  left: Map<string, bigint>,
  openOf: (itemId: string) => bigint,
  sign: bigint,
): void {
  for (const [itemId, cents] of option.uses)
    left.set(itemId, (left.get(itemId) ?? openOf(itemId)) - sign * cents);
}

/** Lines that may want the same item, together; union by item. */
function components(explanations: ReadonlyMap<string, readonly Explanation[]>): string[][] {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next;
    parent.set(id, at);
    return at;
  };
  const lineOfItem = new Map<string, string>();
  for (const [lineId, own] of explanations) {
    parent.set(lineId, lineId);
    for (const { parts, score } of own) {
      if (score <= 0) continue;
      for (const { itemId } of parts) {
        if (itemId === null) continue;
        const other = lineOfItem.get(itemId);
        if (other === undefined) lineOfItem.set(itemId, lineId);
        else parent.set(root(lineId), root(other));
      }
    }
  }
  const groups = new Map<string, string[]>();
  for (const lineId of explanations.keys()) {
    const key = root(lineId);
    const group = groups.get(key);
    if (group) group.push(lineId);
    else groups.set(key, [lineId]);
  }
  return [...groups.values()];
}
