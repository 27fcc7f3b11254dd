import { blocksOf, type Entry } from './blocks';
import type { Party } from './party';
import { compare, type Reason, scoreOf } from './score';

/** Two customers, or a customer and a payer, that a person may want to bring together. */
export interface Candidate {
  one: Entry;
  other: Entry;
  /** 0 to 100. */
  score: number;
  reasons: Reason[];
}

/** What scores less is not worth a person's time. */
const LEAST_SCORE = 50;
/** A customer stands beside so many others at most. */
const MOST_PARTNERS = 5;

/**
 * Pairs for people to judge, best first. `isDecided` leaves out pairs that somebody has judged. Payers are compared with customers, never
 * with each other. A pair of customers stands once, with the names that speak for it most.
 */
export function findCandidates(
  parties: readonly Party[],
  isDecided: (one: Party, other: Party) => boolean,
): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const block of blocksOf(parties))
    for (const [at, one] of block.entries())
      for (const other of block.slice(at + 1)) consider(parties, one, other, best);
  const sorted = [...best.values()]
    .filter(({ one, other }) => {
      const [ours, theirs] = [parties[one.party], parties[other.party]];
      return ours && theirs && !isDecided(ours, theirs);
    })
    .toSorted((a, b) => b.score - a.score || a.one.party - b.one.party || a.other.party - b.other.party);
  const partners = new Map<number, number>();
  const count = (party: number): number => partners.get(party) ?? 0;
  return sorted.filter(({ one, other }) => {
    if (count(one.party) >= MOST_PARTNERS && count(other.party) >= MOST_PARTNERS) return false;
    for (const { party } of [one, other]) partners.set(party, count(party) + 1);
    return true;
  });
}

function consider(parties: readonly Party[], a: Entry, b: Entry, best: Map<number, Candidate>): void {
  if (a.party === b.party) return;
  const [one, other] = a.party < b.party ? [a, b] : [b, a];
  const [ours, theirs] = [parties[one.party], parties[other.party]];
  if (!ours || !theirs || (ours.isPayer && theirs.isPayer)) return;
  const reasons = compare(ours, one.name, theirs, other.name);
  const score = scoreOf(reasons);
  const pair = one.party * parties.length + other.party;
  if (score >= LEAST_SCORE && score > (best.get(pair)?.score ?? 0))
    best.set(pair, { one, other, score, reasons });
}
