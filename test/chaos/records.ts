import type { Row } from '../../connectors/kit';

/** What the vendor holds of one kind after a round: the same for the same round, whoever asks and whenever. */
export type Kind = 'customers' | 'orders' | 'receipts';

export const KINDS = ['customers', 'orders', 'receipts'] as const satisfies readonly Kind[];
const FIRST: Record<Kind, number> = { customers: 60, orders: 260, receipts: 180 };
const PER_ROUND: Record<Kind, number> = { customers: 3, orders: 17, receipts: 11 };
/** Records that change at the same second: a page boundary falls between them. */
const SAME_SECOND = 7;

/** All records of a kind that exist after `round`, by the time of their change, then by id. */
export function recordsOf(kind: Kind, round: number): Row[] {
  const count = FIRST[kind] + PER_ROUND[kind] * round;
  const rows: Row[] = [];
  for (let index = 0; index < count; index++) {
    const row = recordOf(kind, index, round);
    if (row) rows.push(row);
  }
  return rows.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

export const orderOf = (row: Row): string => `${String(row.changed)} ${String(row.id)}`;

/** The record as it is after `round`; undefined once it is deleted. */
function recordOf(kind: Kind, index: number, round: number): Row | undefined {
  const born = index < FIRST[kind] ? 0 : Math.ceil((index - FIRST[kind] + 1) / PER_ROUND[kind]);
  // Few enough that a comparison of keys marks them by itself: a brake stops at 5 %.
  const isMortal = chance(kind, index, 0, 'dies') % 29 === 0;
  if (isMortal && round >= born + 2 && chance(kind, index, round, 'revives') % 4 !== 0) return undefined;
  let changedIn = born;
  for (let at = born + 1; at <= round; at++) if (chance(kind, index, at, 'changes') % 5 === 0) changedIn = at;
  const id = `${kind.slice(0, 1).toUpperCase()}${String(index).padStart(5, '0')}`;
  const row: Row = { id, changed: instant(changedIn, index), ...bodyOf(kind, index, changedIn) };
  // A field that the contract does not know, and a value that is no amount: the loader keeps the one and sets the other aside.
  if (chance(kind, index, changedIn, 'drift') % 11 === 0) row.loyalty_points = String(index + changedIn);
  if (kind !== 'customers' && chance(kind, index, changedIn, 'bad') % 23 === 0) row.amount = 'n/a';
  if (kind === 'orders' && chance(kind, index, changedIn, 'held') % 17 === 0) row.status = 'held'; // only a wider contract has it
  return row;
}

function bodyOf(kind: Kind, index: number, round: number): Row {
  if (kind === 'customers') {
    return {
      name: `华东机械 ${index} 号`,
      credit_code: `9132${String(index).padStart(14, '0')}`,
      region: ['苏南', '苏北', '浙江'][index % 3],
    };
  }
  const dearer = chance(kind, index, round, 'amount') % 1_000_000;
  const amount = `${1 + Math.floor(dearer / 100)}.${String(dearer % 100).padStart(2, '0')}`;
  const customer_id = `C${String(index % FIRST.customers).padStart(5, '0')}`;
  const day = new Date(Date.UTC(2026, index % 6, 1 + (index % 27))).toISOString().slice(0, 10);
  if (kind === 'receipts') return { customer_id, amount, day };
  return {
    customer_id,
    amount,
    day,
    status: chance(kind, index, round, 'status') % 3 === 0 ? 'closed' : 'open',
  };
}

/** Times grow with the rounds; a round is a day, so that an overlap never reaches into the round before. */
function instant(round: number, index: number): string {
  const second = Math.floor(index / SAME_SECOND);
  return new Date(Date.UTC(2026, 0, 1 + round, 8, 0, second)).toISOString().replace('.000Z', 'Z');
}

/** A whole number that depends on all four and on nothing else (FNV-1a, mixed). */
function chance(kind: Kind, index: number, round: number, what: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(`${kind}/${index}/${round}/${what}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
