import type { CompanyName } from '../companyName';
import type { Party, PartyName } from './party';

/** A name of a party, to be compared with others of its block. */
export interface Entry {
  party: number;
  name: PartyName;
}

/** A block with more names than this says nothing: its key is too common to lead from one customer to another. */
const LARGEST_BLOCK = 24;
const LONGEST_DELETED = 14;

/**
 * Names that share a rare key, one block after another: brand, brand with place or trade, all but one character of the core, parent of a
 * branch, beginning of a Latin name, half of a code. All pairs of 50,000 would be a thousand million; these are a few for each.
 */
export function blocksOf(parties: readonly Party[]): Entry[][] {
  const blocks = new Map<string, Entry[]>();
  const put = (key: string, entry: Entry): void => {
    const block = blocks.get(key);
    if (!block) blocks.set(key, [entry]);
    else if (block.length <= LARGEST_BLOCK && block.at(-1)?.party !== entry.party) block.push(entry);
  };
  const hasFailed = parties.some(({ failed }) => failed.size > 0);
  for (const [party, { names, codes, failed }] of parties.entries()) {
    for (const name of names) for (const key of keysOf(name.read.parts)) put(key, { party, name });
    const [first] = names;
    if (first && hasFailed)
      for (const code of [...codes, ...failed])
        for (const half of [code.slice(2, 10), code.slice(10)])
          if (half.length === 8) put(`c${half}`, { party, name: first });
  }
  return [...blocks.values()].filter(({ length }) => length > 1 && length <= LARGEST_BLOCK);
}

function keysOf({ place, core, brand, trade, isChinese }: CompanyName): string[] {
  if (core.length < 2) return [];
  if (!isChinese)
    return core.length < 3 ? [`e${core}`] : [`e${core}`, `e${core.slice(0, 5)}`, ...deletions(core, 'x')];
  return [
    `k${core}`,
    `b${brand}`,
    `b${brand}|${place}`,
    `b${brand}|${trade}`,
    ...deletions(brand, `d${place}|${trade}|`),
    ...(core.length >= 4 ? deletions(core, 'x') : []),
  ];
}

/** The text, and what one deletion makes of it: two are one character apart when two of theirs meet. */
function deletions(text: string, mark: string): string[] {
  if (text.length < 2 || text.length > LONGEST_DELETED) return [];
  const found = new Set([mark + text]);
  for (let at = 0; at < text.length; at++) found.add(mark + text.slice(0, at) + text.slice(at + 1));
  return [...found];
}
