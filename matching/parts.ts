import type { Part, PartKind } from './explanation';
import type { BankLine, OpenItem } from './question';

/**
 * What an explanation does to each item, to the cent: credit notes are used up first, then the money goes to the items by due date. What
 * is short is a fee, rounding or discount on the last item, or stays open; what is too much stays on the line.
 */
export function partsOf(
  line: BankLine,
  items: readonly OpenItem[],
  amount: 'exact' | 'discount' | 'rounding' | 'fee' | 'partial' | 'over',
  payer: string | null,
): Part[] {
  const parts: Part[] = [];
  const owed = items
    .filter(({ cents }) => cents > 0n)
    .map((item) => ({ item, left: item.cents }))
    .sort((one, other) => (one.item.dueDay < other.item.dueDay ? -1 : 1));
  for (const note of items.filter(({ cents }) => cents < 0n)) {
    const used = take(
      owed.filter(({ item }) => item.customer === note.customer),
      -note.cents,
      'credit_note',
      parts,
    );
    if (used > 0n) parts.push(part(note, 'credit_note', -used));
  }
  let money = line.cents;
  const short = owed.reduce((sum, { left }) => sum + left, 0n) - line.cents;
  const kind: PartKind | undefined =
    amount === 'fee'
      ? 'bank_fee'
      : amount === 'rounding'
        ? 'rounding'
        : amount === 'discount'
          ? 'discount'
          : undefined;
  if (short > 0n && kind !== undefined) take([...owed].reverse(), short, kind, parts);
  money -= take(owed, money, 'cash', parts);
  if (money > 0n) {
    const last = owed.at(-1);
    if (amount === 'rounding' && last) {
      // A cent too much is money of the line too; the item is relieved of it and given it back.
      parts.push(part(last.item, 'cash', money), part(last.item, 'rounding', -money));
    } else {
      parts.push({
        customer: payer ?? last?.item.customer ?? null,
        documentId: null,
        itemId: null,
        kind: 'unapplied',
        cents: money,
      });
    }
  }
  return merged(parts);
}

/** Takes up to `cents` from what is left of the items, first come first served; gives what was taken. */
function take(
  owed: { item: OpenItem; left: bigint }[],
  cents: bigint,
  kind: PartKind,
  parts: Part[],
): bigint {
  let rest = cents;
  for (const one of owed) {
    const taken = one.left < rest ? one.left : rest;
    if (taken <= 0n) continue;
    one.left -= taken;
    rest -= taken;
    parts.push(part(one.item, kind, taken));
  }
  return cents - rest;
}

const part = ({ id, documentId, customer }: OpenItem, kind: PartKind, cents: bigint): Part => ({
  customer,
  documentId,
  itemId: id,
  kind,
  cents,
});

/** One part per item and kind. */
function merged(parts: readonly Part[]): Part[] {
  const found = new Map<string, Part>();
  for (const one of parts) {
    const key = `${one.itemId} ${one.kind}`;
    const other = found.get(key);
    found.set(key, other ? { ...other, cents: other.cents + one.cents } : one);
  }
  return [...found.values()];
}
