import type { OpenItem } from './question';

/** Items that add up to what was asked for. */
export interface Combination {
  items: readonly OpenItem[];
  /** Sum less target, in cents: 0, or what a fee or rounding explains. */
  over: bigint;
  /** How many combinations as simple as this one there are to try: 1 for what is named, more the freer the choice. */
  hypotheses: number;
}

/** Of this many items, the oldest, every subset is looked at: 2^12 sums on each side. */
const SUBSETS_OF = 24;
/** Pairs of more items than this are left out. */
const PAIRS_OF = 600;
/** Of more items, pairs are looked at only for sums to the cent. */
const ROUNDED_PAIRS_OF = 60;
/** More solutions than this are a tie in any case. */
const ENOUGH = 40;

/**
 * Which of one customer's open items add up to a sum, exactly or nearly: single ones, all up to a due date, neighbours by due date, pairs,
 * and any subset of the oldest ones (meet in the middle). Made once per customer, asked once per line.
 */
export class Combinations {
  /** By due date, oldest first; credit notes are negative and among them. */
  readonly items: readonly OpenItem[];
  /** What one more cent of a sum is worth as evidence: amounts that are all whole yuan meet by chance a hundred times as often. */
  readonly grain: bigint;
  private readonly prefix: bigint[];
  private readonly prefixAt = new Map<bigint, number[]>();
  private readonly bySum = new Map<bigint, number[]>();
  private readonly left: readonly { mask: number; cents: bigint }[];
  private readonly leftAt = new Map<bigint, number[]>();
  private readonly right: readonly { mask: number; cents: bigint }[];
  private readonly subsetItems: readonly OpenItem[];
  /** The sum of what is owed, credit notes apart. */
  readonly span: bigint;

  constructor(items: readonly OpenItem[]) {
    this.items = [...items].sort(
      (one, other) => compare(one.dueDay, other.dueDay) || compare(one.id, other.id),
    );
    this.grain = grainOf(this.items);
    this.span = this.items.reduce((sum, { cents }) => sum + (cents > 0n ? cents : 0n), 0n);
    this.prefix = [0n];
    for (const [at, { cents }] of this.items.entries()) {
      this.prefix.push((this.prefix[at] ?? 0n) + cents);
      push(this.bySum, cents, at);
    }
    for (const [at, cents] of this.prefix.entries()) push(this.prefixAt, cents, at);
    this.subsetItems = this.items.slice(0, SUBSETS_OF);
    const middle = this.subsetItems.length >> 1;
    this.left = sumsOf(this.subsetItems.slice(0, middle));
    this.right = sumsOf(this.subsetItems.slice(middle));
    for (const { mask, cents } of this.left) push(this.leftAt, cents, mask);
  }

  /** Every combination of exactly this sum, the simplest first; `isAll` is false where there were too many to list. */
  exact(target: bigint): { found: Combination[]; isAll: boolean } {
    const found = new Map<string, Combination>();
    const n = this.items.length;
    const add = (places: readonly number[], hypotheses: number) => {
      const key = [...places].sort((one, other) => one - other).join(',');
      const known = found.get(key);
      if (places.length === 0 || (known && known.hypotheses <= hypotheses)) return;
      const items = places.flatMap((at) => this.items[at] ?? []);
      if (items.some(({ cents }) => cents > 0n)) found.set(key, { items, over: 0n, hypotheses });
    };
    for (const at of this.bySum.get(target) ?? []) add([at], n);
    for (const [to, cents] of this.prefix.entries()) {
      for (const from of this.prefixAt.get(cents - target) ?? []) {
        if (from >= to || found.size > ENOUGH) continue;
        add(range(from, to), from === 0 ? n * 2 : n * 2 + (n * (n - 1)) / 2);
      }
    }
    if (n <= PAIRS_OF) {
      for (const [at, { cents }] of this.items.entries())
        for (const other of this.bySum.get(target - cents) ?? [])
          if (other > at && found.size <= ENOUGH) add([at, other], n * 2 + (n * (n - 1)) / 2);
    }
    const isAll = this.subsets(target, add) && found.size <= ENOUGH;
    return { found: [...found.values()].sort((one, other) => one.hypotheses - other.hypotheses), isAll };
  }

  /** Simple combinations whose sum is more than the target by at most `above`, or less by at most `below`, and not the target itself. */
  near(target: bigint, below: bigint, above: bigint): Combination[] {
    const found: Combination[] = [];
    const n = this.items.length;
    const fits = (cents: bigint) => cents !== target && cents >= target - below && cents <= target + above;
    for (const item of this.items)
      if (fits(item.cents)) found.push({ items: [item], over: item.cents - target, hypotheses: n });
    for (let to = 2; to <= n && found.length <= ENOUGH; to++) {
      const cents = this.prefix[to] ?? 0n;
      if (fits(cents))
        found.push({ items: this.items.slice(0, to), over: cents - target, hypotheses: n * 2 });
    }
    if (n <= ROUNDED_PAIRS_OF) this.roundedPairs(target, below, found);
    return found;
  }

  /** Whole yuan of two items: each keeps back its cents. */
  private roundedPairs(target: bigint, below: bigint, found: Combination[]): void {
    const n = this.items.length;
    for (const [at, one] of this.items.entries())
      for (const other of this.items.slice(at + 1)) {
        const over = one.cents + other.cents - target;
        if (over > 0n && over <= below && found.length <= ENOUGH)
          found.push({ items: [one, other], over, hypotheses: n * 2 + (n * (n - 1)) / 2 });
      }
  }

  /** How many combinations of this freedom are expected to fit a sum within `width` by chance. */
  expectedByChance(hypotheses: number, width: bigint): number {
    const places = this.span / this.grain + 1n;
    const tries = width / this.grain + 1n;
    return (hypotheses * Number(tries)) / Number(places);
  }

  private subsets(target: bigint, add: (places: readonly number[], hypotheses: number) => void): boolean {
    const middle = this.subsetItems.length >> 1;
    const n = this.subsetItems.length;
    let count = 0;
    for (const { mask, cents } of this.right) {
      for (const other of this.leftAt.get(target - cents) ?? []) {
        const places = [...placesOf(other, 0), ...placesOf(mask, middle)];
        if (places.length < 3) continue;
        if (++count > ENOUGH) return false;
        add(places, subsetsUpTo(n, places.length));
      }
    }
    return true;
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function push(index: Map<bigint, number[]>, key: bigint, value: number): void {
  const found = index.get(key);
  if (found) found.push(value);
  else index.set(key, [value]);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** Sums of all subsets; the bits of `mask` say which. */
function sumsOf(items: readonly OpenItem[]): { mask: number; cents: bigint }[] {
  let sums: { mask: number; cents: bigint }[] = [{ mask: 0, cents: 0n }];
  for (const [at, item] of items.entries())
    sums = sums.concat(
      sums.map(({ mask, cents }) => ({ mask: mask | (1 << at), cents: cents + item.cents })),
    );
  return sums;
}

function placesOf(mask: number, offset: number): number[] {
  const places: number[] = [];
  for (let at = 0; mask >> at !== 0; at++) if ((mask >> at) & 1) places.push(offset + at);
  return places;
}

/** n + n over 2 + … + n over k: subsets of up to k of n items. */
function subsetsUpTo(n: number, k: number): number {
  let sum = 0;
  let choose = 1;
  for (let size = 1; size <= k; size++) {
    choose = (choose * (n - size + 1)) / size;
    sum += choose;
  }
  return sum;
}

/** The largest of 1, 10, 100 … cents that most amounts are a multiple of. */
function grainOf(items: readonly OpenItem[]): bigint {
  for (const grain of [100_000n, 10_000n, 1_000n, 100n, 10n]) {
    const even = items.filter(({ cents }) => cents % grain === 0n).length;
    if (items.length > 0 && even * 10 >= items.length * 7) return grain;
  }
  return 1n;
}
