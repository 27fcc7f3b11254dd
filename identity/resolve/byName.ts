import type { Groups } from './groups';
import { isFormShort, isPlainForm, mayBeShort, type ReadName, type RecordNames } from './names';

/** How a name led to a customer. */
type NameStep = 'name' | 'name_spelling' | 'name_former' | 'name_short';

/** What names did for one record. */
interface ByName {
  step: NameStep;
  /** The name it was found by, normalised. */
  name: string;
  /** A record of the group that it joined. */
  with: number;
}

export interface NameLinks {
  links: Map<number, ByName>;
  /** Records whose name leads to several customers, with one record of each. */
  ambiguous: Map<number, readonly number[]>;
}

/** Which key of a name counts at a step. */
const KEYS = {
  name: ({ exact }: ReadName) => exact,
  name_spelling: ({ parts, isWeak }: ReadName) => (isWeak ? null : parts.key),
} as const;

/**
 * Joins records by their names, strongest step first. Records with a code speak first: a name of one code leads to it, a name of two
 * leads nowhere. Then records without a code among themselves. Last, names without their legal form find the one customer whose whole
 * name they can be; a name without its place never does: it may be the whole name of another company. Records: sorted by id, so that nothing depends on the order of rows.
 */
export function joinByName(names: readonly RecordNames[], groups: Groups): NameLinks {
  const found: NameLinks = { links: new Map(), ambiguous: new Map() };
  const coded = new Set([...names.keys()].filter((record) => groups.codeOf(record) !== null));
  joinCodes(names, groups, coded, found);
  joinFree(names, groups, coded, found);
  joinShort(names, groups, ({ parts }) => parts.form !== '', coded, found);
  joinShort(names, groups, ({ parts }) => parts.form === '', coded, found);
  return found;
}

type Index = Map<string, Set<number>>;

/** Records without a code to the one code that claims their name. */
function joinCodes(
  names: readonly RecordNames[],
  groups: Groups,
  coded: ReadonlySet<number>,
  found: NameLinks,
): void {
  const claims = { name: new Map() as Index, name_spelling: new Map() as Index };
  for (const record of coded)
    for (const name of allNames(names[record]))
      for (const step of ['name', 'name_spelling'] as const)
        put(claims[step], KEYS[step](name), groups.find(record));
  const joins: { record: number; to: number; by: ByName }[] = [];
  for (const [record, own] of names.entries()) {
    if (coded.has(record)) continue;
    const tries = [
      ...(own.full
        ? ([
            ['name', own.full],
            ['name_spelling', own.full],
          ] as const)
        : []),
      ...own.former.flatMap(
        (former) =>
          [
            ['name', former],
            ['name_spelling', former],
          ] as const,
      ),
    ];
    for (const [step, name] of tries) {
      const targets = [...(claims[step].get(KEYS[step](name) ?? '') ?? [])];
      const [to] = targets;
      if (to === undefined) continue;
      if (targets.length > 1) found.ambiguous.set(record, targets);
      else {
        const isFormer = name !== own.full || isFormerOf(names, groups, to, KEYS[step](name), step);
        joins.push({ record, to, by: { step: isFormer ? 'name_former' : step, name: name.exact, with: to } });
      }
      break;
    }
  }
  for (const { record, to, by } of joins)
    if (!areElsewhere(names, groups, record, to) && groups.unite(record, to)) found.links.set(record, by);
    else found.ambiguous.set(record, [to]);
}

/** Records without a code among themselves: same name, then same key, then a former name. */
function joinFree(
  names: readonly RecordNames[],
  groups: Groups,
  coded: ReadonlySet<number>,
  found: NameLinks,
): void {
  const free = [...names.keys()].filter(
    (record) => !coded.has(record) && !found.links.has(record) && !found.ambiguous.has(record),
  );
  for (const step of ['name', 'name_spelling', 'name_former'] as const) {
    const index: Index = new Map();
    for (const record of free) {
      const own = names[record];
      const keys = step === 'name' ? [own?.full?.exact] : [own?.full && KEYS.name_spelling(own.full)];
      if (step === 'name_former') keys.push(...(own?.former ?? []).map(KEYS.name_spelling));
      for (const key of keys) put(index, key ?? null, record);
    }
    for (const records of index.values()) {
      const own = [...records];
      const numbers = new Map(own.map((record) => [groups.registrationOf(record), record]));
      numbers.delete(null);
      const [first, ...others] = numbers.size > 1 ? [] : own;
      if (numbers.size > 1)
        for (const record of own)
          if (groups.registrationOf(record) === null) found.ambiguous.set(record, [...numbers.values()]);
      if (first === undefined) continue;
      for (const other of others) {
        if (groups.find(first) === groups.find(other) || areElsewhere(names, groups, other, first)) continue;
        if (!groups.unite(first, other)) continue;
        for (const [record, friend] of [
          [first, other],
          [other, first],
        ] as const)
          if (!found.links.has(record))
            found.links.set(record, { step, name: names[record]?.full?.exact ?? '', with: friend });
      }
    }
  }
}

/** Names with their legal form left out or open to the only customer whose whole name they can be; `asks` says which now. */
function joinShort(
  names: readonly RecordNames[],
  groups: Groups,
  asks: (name: ReadName) => boolean,
  coded: ReadonlySet<number>,
  found: NameLinks,
): void {
  const byCore = new Map<string, { name: ReadName; record: number }[]>();
  const asking: { record: number; name: ReadName }[] = [];
  for (const [record, { full, former }] of names.entries()) {
    for (const name of full ? [full, ...former] : former) {
      const entries = byCore.get(name.parts.core) ?? [];
      byCore.set(name.parts.core, entries);
      entries.push({ name, record });
    }
    if (full && !coded.has(record) && !found.ambiguous.has(record) && mayBeShort(full) && asks(full))
      asking.push({ record, name: full });
  }
  const joins: { record: number; to: number; by: ByName }[] = [];
  for (const { record, name } of asking) {
    if (groups.codeOf(record) !== null) continue; // led there by a former name
    const whole = (byCore.get(name.parts.core) ?? []).filter((other) =>
      isFormShort(name.parts, other.name.parts),
    );
    const targets = [...new Set(whole.map((other) => groups.find(other.record)))];
    const [to] = targets;
    if (to === undefined || targets.includes(groups.find(record))) continue;
    if (targets.length > 1) found.ambiguous.set(record, targets);
    else if (whole.some((other) => isPlainForm(other.name.parts)))
      joins.push({ record, to, by: { step: 'name_short', name: name.exact, with: to } });
  }
  for (const { record, to, by } of joins)
    if (groups.unite(record, to) && !found.links.has(record)) found.links.set(record, by);
}

/**
 * A name without a place, and a customer with one: it may be another company's whole name. Not so where a short name of the record says
 * that place, or where the customer's short name is this very text.
 */
function areElsewhere(names: readonly RecordNames[], groups: Groups, record: number, to: number): boolean {
  const own = names[record];
  if (!own?.full || own.full.parts.place !== '' || !own.full.parts.isChinese) return false;
  const others = groups.membersOf(to).flatMap((other) => names[other] ?? []);
  if (others.some(({ short }) => short?.exact === own.full?.exact)) return false;
  const places = others.flatMap(({ place }) => (place === '' ? [] : [place]));
  return (places.length > 0 || own.place !== '') && !places.includes(own.place);
}

/** Names that a record speaks for. A branch's short name is mostly its parent's. */
const allNames = (names: RecordNames | undefined): ReadName[] =>
  names
    ? [names.full, names.full?.parts.branch === '' ? names.short : null, ...names.former].filter(
        (name) => name !== null,
      )
    : [];

/** Whether a group has this key as a former name alone. */
function isFormerOf(
  names: readonly RecordNames[],
  groups: Groups,
  group: number,
  key: string | null,
  step: 'name' | 'name_spelling',
): boolean {
  return !groups
    .membersOf(group)
    .some((record) =>
      [names[record]?.full, names[record]?.short].some((name) => name && KEYS[step](name) === key),
    );
}

function put(index: Index, key: string | null, record: number): void {
  if (key === null) return;
  const there = index.get(key);
  if (there) there.add(record);
  else index.set(key, new Set([record]));
}
