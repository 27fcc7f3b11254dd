import type { Allocation, Document, History, Receipt } from './history';
import { addMonths, type Day, monthEnd } from './time';

/** What stood in a customer's ledger at the end of a day, as it was known on a day. Cents. */
export interface Standing {
  /** Open amount by item, items without one left out. */
  items: Map<string, Item>;
  /** Receipts that pay nothing, without those marked as prepayment: R of METRICS 3.5. */
  unallocated: bigint;
  marked: bigint;
}

interface Item {
  id: string;
  amount: bigint;
  open: bigint;
  due: Day;
  isRetention: boolean;
}

interface Moved extends Allocation {
  effective: Day;
}

/**
 * The ledger by METRICS sections 0.2 and 3, one fact after another: as of day `asOf`, as known on `known`. It shares
 * nothing with the models but the page they come from.
 */
export function standingOf(
  history: History,
  asOf: Day,
  known: Day,
  nextWorkday: (day: Day) => Day,
): Standing {
  const isKnown = (fact: { recorded: Day; deleted?: Day | null }) =>
    fact.recorded <= known && (fact.deleted === undefined || fact.deleted === null || fact.deleted > known);
  const documents = new Map(history.documents.filter(isKnown).map((each) => [each.id, each]));
  const receipts = receiptsOf(history, known, isKnown);
  const dateOf = new Map(receipts.map((each) => [each.id, each.date]));
  const allocations = allocationsOf(history, documents, receipts, isKnown);
  const items = new Map<string, Item>();
  for (const document of documents.values()) {
    if (document.date > asOf) continue;
    const own = itemsOf(history, document, isKnown, nextWorkday);
    const ordered = allocations
      .filter((each) => each.document === document.id && each.effective <= asOf)
      .sort((one, other) => one.effective - other.effective || (one.id < other.id ? -1 : 1));
    settle(document, own, ordered);
    for (const item of own) if (item.open !== 0n) items.set(item.id, item);
  }
  const sum = { unallocated: 0n, marked: 0n };
  for (const receipt of receipts) {
    const used = allocations.filter(
      (each) => each.receipt === receipt.id && each.effective <= asOf && isMoney(each.kind),
    );
    const rest =
      ((dateOf.get(receipt.id) ?? 0) <= asOf ? receipt.amount : 0n) -
      used.reduce((total, { amount }) => total + amount, 0n);
    sum[receipt.isPrepayment ? 'marked' : 'unallocated'] += rest;
  }
  return { items, ...sum };
}

const isMoney = (kind: string) =>
  ['cash', 'bank_bill', 'commercial_bill', 'supply_chain_note', 'prepayment_applied'].includes(kind);

type IsKnown = (fact: { recorded: Day; deleted?: Day | null }) => boolean;

/** Cash counts from the bank's day once its line is known; a dishonoured bill comes back as a negative receipt (3.3, 3.4). */
function receiptsOf(history: History, known: Day, isKnown: IsKnown): Receipt[] {
  const standing = history.receipts.filter(isKnown).map((receipt) => {
    const line = history.bankLines.find(
      (each) => each.reference === receipt.reference && each.recorded <= known,
    );
    return receipt.method === 'cash' && line ? { ...receipt, date: line.date } : receipt;
  });
  const returned = history.events
    .filter((each) => each.event === 'dishonoured' && each.recorded <= known)
    .flatMap((event) => {
      const bill = history.bills.find(({ id, recorded }) => id === event.bill && recorded <= known);
      const receipt = standing.find(({ id }) => id === bill?.receipt);
      return receipt
        ? [{ ...receipt, id: `${receipt.id} dishonoured`, amount: -receipt.amount, date: event.date }]
        : [];
    });
  return [...standing, ...returned];
}

/** What moves which document when: the later of the value date and the document's date (3.3). */
function allocationsOf(
  history: History,
  documents: ReadonlyMap<string, Document>,
  receipts: readonly Receipt[],
  isKnown: IsKnown,
): Moved[] {
  return history.allocations.filter(isKnown).flatMap((allocation) => {
    const document = documents.get(allocation.document);
    const note = allocation.creditNote === null ? undefined : documents.get(allocation.creditNote);
    const receipt = receipts.find(({ id }) => id === allocation.receipt);
    if (!document || (allocation.creditNote !== null && !note) || (allocation.receipt !== null && !receipt))
      return [];
    const value = note?.date ?? receipt?.date ?? allocation.ownDate ?? allocation.recorded;
    const effective = Math.max(value, document.date);
    const moved: Moved[] = [{ ...allocation, effective }];
    if (note)
      moved.push({ ...allocation, document: note.id, line: null, amount: -allocation.amount, effective });
    const back = receipts.find(({ id }) => id === `${allocation.receipt} dishonoured`);
    if (back)
      moved.push({
        ...allocation,
        id: `${allocation.id}/back`,
        receipt: back.id,
        amount: -allocation.amount,
        effective: Math.max(back.date, document.date),
      });
    return moved;
  });
}

/** Instalments, what a plan leaves over, or the hub's own split of a retention (3.1, 3.6). */
function itemsOf(
  history: History,
  document: Document,
  isKnown: IsKnown,
  nextWorkday: (day: Day) => Day,
): Item[] {
  const lines = history.lines.filter((each) => each.document === document.id && isKnown(each));
  const fallback = document.due ?? byTerm(history, document) ?? document.date + 30;
  const item = (id: string, amount: bigint, due: Day, isRetention: boolean): Item => ({
    id,
    amount,
    open: amount,
    due: nextWorkday(due),
    isRetention,
  });
  const items = lines.map((line) =>
    item(`${document.id}#${line.id}`, line.amount, line.due ?? fallback, line.isRetention),
  );
  const rest = lines.reduce((left, { amount }) => left - amount, document.amount);
  if (lines.length > 0 || document.amount <= 0n || !history.retention)
    return rest === 0n ? items : [...items, item(document.id, rest, fallback, false)];
  const hundredths = document.amount * BigInt(history.retention.percent); // cents × 100
  const withheld = hundredths / 100n + (hundredths % 100n > 50n ? 1n : 0n);
  const due = addMonths(document.date, history.retention.months);
  const split = [
    item(document.id, document.amount - withheld, fallback, false),
    item(`${document.id}#retention`, withheld, due, true),
  ];
  return split.filter(({ amount }) => amount !== 0n);
}

function byTerm({ term }: History, { date, delivered }: Document): Day | null {
  if (!term) return null;
  if (term.kind === 'delivery') return delivered === null ? null : delivered + term.days;
  return (term.kind === 'month_end' ? monthEnd(date) : date) + term.days;
}

/**
 * Each allocation goes to the item it names; else fills the items as they fall due, what is too much on the last; an undone
 * one empties what was filled last, what is too much on the first. Retention comes after what falls due on its day.
 */
function settle(document: Document, items: Item[], allocations: readonly Moved[]): void {
  const sign = document.amount < 0n ? -1n : 1n;
  const byDue = items.toSorted(
    (one, other) =>
      one.due - other.due ||
      Number(one.isRetention) - Number(other.isRetention) ||
      (one.id < other.id ? -1 : 1),
  );
  const filled = new Map(byDue.map((item) => [item, 0n]));
  const fill = (item: Item, amount: bigint) => {
    filled.set(item, (filled.get(item) ?? 0n) + amount);
    item.open -= amount * sign;
  };
  for (const allocation of allocations) {
    const named = items.find(({ id }) => id === `${document.id}#${allocation.line}`);
    if (named) {
      named.open -= allocation.amount;
      continue;
    }
    let rest = allocation.amount * sign;
    const isPaid = rest > 0n;
    const turn = isPaid ? byDue : byDue.toReversed();
    for (const [place, item] of turn.entries()) {
      if (rest === 0n) break;
      const has = filled.get(item) ?? 0n;
      const width = item.amount * sign > 0n ? item.amount * sign : 0n;
      const isLast = place === turn.length - 1;
      const room = isPaid ? width - has : -has;
      const part = isLast
        ? rest
        : isPaid
          ? room < rest
            ? max(room, 0n)
            : rest
          : room > rest
            ? min(room, 0n)
            : rest;
      if (part !== 0n) fill(item, part);
      rest -= part;
    }
  }
}

const max = (one: bigint, other: bigint) => (one > other ? one : other);
const min = (one: bigint, other: bigint) => (one < other ? one : other);
