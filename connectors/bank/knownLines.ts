import { isNewestFirst } from './balances';
import { unitsText, unitsOf } from './cells';
import { grouped } from './grouped';
import { lineDigest } from './identity';
import type { Entry } from './parsed';

/** A line's id, and whether an earlier file has it. */
export interface Identified {
  id: string;
  isNew: boolean;
}

/** One of several equal lines: what tells it from the others. */
interface Slot {
  number: number;
  time: string | null;
  balance: string | null;
  currency: string;
}

/** What files so far say about one day of one account. */
interface KnownDay {
  slots: Map<string, Slot[]>;
  openings: Set<string>;
  closings: Set<string>;
  /** Whether every file that has this day ends, or begins, with it. */
  isLast: boolean;
  isFirst: boolean;
}

/** A day's part of one file. */
interface DayPart {
  entries: { entry: Entry; index: number; digest: string }[];
  opening: string | null;
  closing: string | null;
  isLast: boolean;
  isFirst: boolean;
}

/**
 * Gives lines their ids, file after file in the order in which files were first read: what the line says and its number among
 * the equal lines of its day (METRICS APP-5). Where two files hold equal lines of one day, they are the same line unless time,
 * balance or the chain of balances says otherwise:
 * another time or currency is another line; the same balance is the same line; a file that goes on where another ended
 * holds other lines; another balance is the same line only in a file that has all of the day again (something was posted late).
 */
export class KnownLines {
  readonly #days = new Map<string, KnownDay>();
  /** Days that only one file has need not be kept. */
  readonly #isShared: (day: string) => boolean;

  constructor(isShared: (day: string) => boolean = () => true) {
    this.#isShared = isShared;
  }

  /** Ids of one file's lines, in their order. */
  add(entries: readonly Entry[]): Identified[] {
    const found: Identified[] = [];
    for (const [key, part] of daysOf(entries)) {
      const known = this.#days.get(key) ?? emptyDay();
      for (const [index, identified] of identify(part, known)) found[index] = identified;
      if (this.#isShared(key)) this.#days.set(key, known);
    }
    return found;
  }
}

/** Account and day of a line, as `KnownLines` asks whether several files have it. */
export const dayOf = ({ account, date }: Entry): string => `${account} ${date}`;

const emptyDay = (): KnownDay => ({
  slots: new Map(),
  openings: new Set(),
  closings: new Set(),
  isLast: true,
  isFirst: true,
});

function identify(part: DayPart, known: KnownDay): Map<number, Identified> {
  const byDigest = grouped(part.entries, ({ digest }) => digest);
  const isApart = isOtherPart(part, known);
  const isWhole = [...known.slots].every(
    ([digest, { length }]) => (byDigest.get(digest)?.length ?? 0) >= length,
  );
  const mayShift = isWhole && (!isBoundary(part, known) || hasOpening(part, known));
  const found = new Map<number, Identified>();
  for (const [digest, lines] of byDigest) {
    const slots = known.slots.get(digest) ?? [];
    const free = new Set(slots);
    const left = lines.filter(({ entry, index }) => {
      const same = [...free].find(
        (slot) => isCompatible(slot, entry) && slot.balance !== null && slot.balance === entry.balance,
      );
      if (!same) return true;
      free.delete(same);
      found.set(index, { id: `${digest}-${same.number}`, isNew: false });
      return false;
    });
    for (const { entry, index } of left) {
      const slot = isApart
        ? undefined
        : [...free].find(
            (each) =>
              isCompatible(each, entry) &&
              (mayShift || each.balance === null || entry.balance === null || each.balance === entry.balance),
          );
      if (slot) free.delete(slot);
      const { number } = slot ?? { number: slots.length + 1 };
      if (!slot) slots.push({ number, time: entry.time, balance: entry.balance, currency: entry.currency });
      else slot.balance = entry.balance ?? slot.balance;
      found.set(index, { id: `${digest}-${number}`, isNew: slot === undefined });
    }
    known.slots.set(digest, slots);
  }
  if (part.opening !== null) known.openings.add(part.opening);
  if (part.closing !== null) known.closings.add(part.closing);
  known.isLast &&= part.isLast;
  known.isFirst &&= part.isFirst;
  return found;
}

function isCompatible(slot: Slot, { time, currency }: Entry): boolean {
  return slot.currency === currency && isSameTime(slot.time, time);
}

/** Some exports have minutes only, some none. */
const isSameTime = (one: string | null, other: string | null): boolean =>
  one === null ||
  other === null ||
  one === other ||
  ((one.endsWith(':00') || other.endsWith(':00')) && one.slice(0, 5) === other.slice(0, 5)) ||
  one === '00:00:00' ||
  other === '00:00:00';

/** It begins with the balance that another file ended with on this day, or ends where another began: no line is in both. */
function isOtherPart({ opening, closing }: DayPart, { openings, closings }: KnownDay): boolean {
  const goesOn = opening !== null && closings.has(opening) && !openings.has(opening);
  const goesBefore = closing !== null && openings.has(closing) && !closings.has(closing);
  return goesOn || goesBefore;
}

/** One file ends with the day and the other begins with it: each may hold a part only. */
const isBoundary = (part: DayPart, known: KnownDay): boolean =>
  (part.isFirst && known.isLast) || (part.isLast && known.isFirst);

const hasOpening = ({ opening }: DayPart, { openings }: KnownDay): boolean =>
  opening === null || openings.has(opening);

function daysOf(entries: readonly Entry[]): Map<string, DayPart> {
  const parts = new Map<string, DayPart>();
  const numbered = entries.map((entry, index) => ({ entry, index, digest: lineDigest(entry) }));
  for (const [, lines] of grouped(numbered, ({ entry }) => `${entry.account} ${entry.currency}`)) {
    const isReversed = isNewestFirst(lines.map(({ entry }) => entry));
    const dates = lines.map(({ entry }) => entry.date).sort();
    for (const [key, ofDay] of grouped(lines, ({ entry }) => dayOf(entry))) {
      const [first, last] = isReversed ? [ofDay.at(-1), ofDay[0]] : [ofDay[0], ofDay.at(-1)];
      const date = first?.entry.date;
      const before = parts.get(key);
      parts.set(key, {
        entries: [...(before?.entries ?? []), ...ofDay],
        opening: before ? null : openingOf(first?.entry),
        closing: before ? null : (last?.entry.balance ?? null),
        isFirst: date === dates[0],
        isLast: date === dates.at(-1),
      });
    }
  }
  return parts;
}

function openingOf(entry: Entry | undefined): string | null {
  if (!entry || entry.balance === null) return null;
  return unitsText(unitsOf(entry.balance) - unitsOf(entry.amount));
}
