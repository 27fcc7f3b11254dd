import { Answer } from './answer';
import { joinByName } from './byName';
import { codesOf, type RecordCode } from './codes';
import { Groups } from './groups';
import type { Link } from './link';
import { namesOf } from './names';
import { NameBook } from './payers';
import { type CustomerRecord, type Decision, standing } from './records';
import { keptApart, review } from './review';

/**
 * Which records are one customer (METRICS 0.9, DAT-5): credit code, then name, then what people decided, which comes last and wins. Two
 * different valid codes come together only where a person says so. Payers join customers that there are. The answer does not depend on
 * the order of records; decisions are in the order of their events.
 */
export function resolveCustomers(all: readonly CustomerRecord[], decisions: readonly Decision[]): Link[] {
  const sorted = all.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
  const records = sorted.filter(({ kind }) => kind !== 'payer');
  const payers = sorted.filter(({ kind }) => kind === 'payer');
  const at = new Map(records.map(({ id }, place) => [id, place]));
  const held = standing(decisions);
  const apart = keptApart(held);
  const codes = codesOf(records);
  const groups = new Groups(codes, placesOf(apart, at));
  joinByCode(codes, groups);
  const names = records.map(namesOf);
  const byName = joinByName(names, groups);
  const reviewed = review(held, at, groups);
  const answer = new Answer({ records, at, codes, groups, byName, reviewed });
  const book = new NameBook(names, reviewed.labels);
  return [
    ...records.map((_, place) => answer.linkOf(place)),
    ...payers.map((payer) => answer.linkOfPayer(payer, book, apart.get(payer.id) ?? new Set())),
  ];
}

function placesOf(
  apart: ReadonlyMap<string, ReadonlySet<string>>,
  at: ReadonlyMap<string, number>,
): Map<number, Set<number>> {
  const places = new Map<number, Set<number>>();
  for (const [id, others] of apart) {
    const place = at.get(id);
    if (place !== undefined) places.set(place, new Set([...others].flatMap((other) => at.get(other) ?? [])));
  }
  return places;
}

function joinByCode(codes: readonly RecordCode[], groups: Groups): void {
  for (const mark of ['code', 'registration'] as const) {
    const first = new Map<string, number>();
    for (const [record, code] of codes.entries()) {
      const value = code[mark];
      if (value === null) continue;
      const other = first.get(value);
      if (other === undefined) first.set(value, record);
      else groups.uniteByCode(other, record);
    }
  }
}
