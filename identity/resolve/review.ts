import type { Groups } from './groups';
import type { Decision } from './records';

/** What people decided about a record last. */
interface Reviewed {
  eventId: string;
  kind: Decision['kind'];
  records: readonly string[];
}

/** Groups after people's decisions. */
export interface ReviewedGroups {
  /** A label for each record; equal labels are one customer. */
  labels: readonly number[];
  reviewed: ReadonlyMap<string, Reviewed>;
  /** A payer's record that people tied it to; null where they took it off. */
  payers: ReadonlyMap<string, string | null>;
  /** From here on labels are of groups that people took out of another. */
  firstSplit: number;
}

/** Pairs that people keep apart by name, unless a later decision brought them together. */
export function keptApart(decisions: readonly Decision[]): Map<string, Set<string>> {
  const apart = new Map<string, Set<string>>();
  for (const { kind, records } of decisions)
    for (const one of records)
      for (const other of records) {
        if (one === other) continue;
        if (kind === 'kept_apart') apart.set(one, (apart.get(one) ?? new Set()).add(other));
        if (kind === 'merged') apart.get(one)?.delete(other);
      }
  return apart;
}

/**
 * Decisions on top of what rules found, in their order; a later one wins. Merged: the customers of these records become one. Split:
 * these records leave and form their own. Kept apart: if an earlier merge brought them together, what came with the second leaves.
 */
export function review(
  decisions: readonly Decision[],
  at: ReadonlyMap<string, number>,
  groups: Groups,
): ReviewedGroups {
  const labels = [...at.values()].map((record) => groups.find(record));
  const members = new Map<number, Set<number>>();
  for (const [record, label] of labels.entries())
    members.set(label, (members.get(label) ?? new Set()).add(record));
  const reviewed = new Map<string, Reviewed>();
  const payers = new Map<string, string | null>();
  const firstSplit = labels.length;
  let next = firstSplit;
  const move = (records: Iterable<number>, label: number): void => {
    for (const record of records) {
      members.get(labels[record] ?? -1)?.delete(record);
      labels[record] = label;
      members.set(label, (members.get(label) ?? new Set()).add(record));
    }
  };
  for (const { eventId, kind, records } of decisions) {
    const known = records.flatMap((id) => at.get(id) ?? []);
    const payersHere = records.filter((id) => isPayer(id));
    const say = (ids: readonly string[]): void => {
      for (const id of ids) reviewed.set(id, { eventId, kind, records });
    };
    const [first] = records.filter((id) => at.has(id));
    if (kind === 'merged' && first !== undefined) {
      const target = Math.min(...known.map((record) => labels[record] ?? record));
      for (const label of new Set(known.map((record) => labels[record])))
        if (label !== undefined && label !== target) move(members.get(label) ?? [], target);
      for (const payer of payersHere) payers.set(payer, first);
      say(records);
    }
    if (kind === 'split') {
      if (known.length > 0) move(known, next++);
      for (const payer of payersHere) payers.set(payer, null);
      say(records);
    }
    if (kind === 'kept_apart') {
      const [one, other] = known;
      if (one !== undefined && other !== undefined && labels[one] === labels[other]) {
        const came = [...(members.get(labels[other] ?? -1) ?? [])].filter(
          (record) => groups.find(record) === groups.find(other),
        );
        if (groups.find(one) !== groups.find(other)) {
          move(came, next++);
          say(records.filter((id) => came.includes(at.get(id) ?? -1)));
        }
      }
      for (const payer of payersHere) {
        const tied = payers.get(payer);
        if (tied && labels[at.get(tied) ?? -1] === labels[known[0] ?? -2]) payers.delete(payer);
      }
    }
  }
  return { labels, reviewed, payers, firstSplit };
}

export const isPayer = (id: string): boolean => id.startsWith('bank:payer:');
