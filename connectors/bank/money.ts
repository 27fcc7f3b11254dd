import { amountFrom, amountOf, centsOf, headerText, textOf, tidy } from './cells';
import type { CsvRow } from '../kit/tables';
import type { Header } from './header';
import { type Layout, type Role, words } from './layouts';

/** A row's amount from the company's view, or the text that could not be read and what about it. */
export type Money =
  | { amount: string; raw: string | null }
  | { amount?: undefined; raw: string | null; why: 'amount' | 'direction' };

/** How a file writes amounts beside a flag; see `outAmounts`. */
export type OutAmounts = 'plain' | 'negative' | 'unsigned';

/** The cell of a role; of several the first that is filled. */
export function cellOf({ columns }: Header, role: Role, cells: readonly string[]): string | undefined {
  const index = columns.get(role)?.find((column) => tidy(cells[column] ?? '') !== '');
  return index === undefined ? undefined : cells[index];
}

/**
 * Some banks sign the amount and give a flag as well (往账 and -100.00), others sign it only for a reversal (借 and -100.00
 * gives money back). Which of the two a file does shows in all its outgoing rows: where each is negative, the sign repeats the flag.
 */
export function outAmounts(header: Header, rows: readonly CsvRow[]): OutAmounts {
  if (!header.columns.has('flag')) return isUnsigned(header, rows) ? 'unsigned' : 'plain';
  const out = rows.flatMap(({ cells }) => {
    const amount = amountOf(cellOf(header, 'amount', cells));
    return directionOf(header.layout, header, cells) === 'out' && typeof amount === 'string' ? [amount] : [];
  });
  return out.length > 0 && out.every((amount) => centsOf(amount) <= 0n) ? 'negative' : 'plain';
}

/** One amount column that no bank's layout calls signed, and not one sign in it: the direction stands somewhere else. */
function isUnsigned(header: Header, rows: readonly CsvRow[]): boolean {
  if (!header.layout.isFallback) return false;
  return !rows.some(({ cells }) => /[-+(−–]/.test((cellOf(header, 'amount', cells) ?? '').normalize('NFKC')));
}

/** One signed column, a column for each direction, or an amount whose direction a flag tells; never by the payer's name. */
export function signedAmount(header: Header, cells: readonly string[], outs: OutAmounts): Money {
  const { columns, layout } = header;
  if (columns.has('in') || columns.has('out')) return ofTwoColumns(header, cells);
  const raw = rawOf(header, ['amount', 'flag'], cells);
  const amount = single(header, 'amount', cells);
  if (amount === undefined || amount === null) return { raw, why: 'amount' };
  if (!columns.has('flag')) {
    if (outs === 'unsigned') return { raw, why: 'direction' };
    return { amount: layout.isOwed ? amountFrom(-centsOf(amount)) : amount, raw };
  }
  const direction = directionOf(layout, header, cells);
  if (direction === undefined) return { raw, why: 'direction' };
  const cents = centsOf(amount);
  if (direction === 'in') return { amount, raw };
  return { amount: amountFrom(outs === 'negative' ? cents : -cents), raw };
}

/** The other column holds 0 or nothing. Both filled, or neither: nobody can say what was booked. */
function ofTwoColumns(header: Header, cells: readonly string[]): Money {
  const raw = rawOf(header, ['in', 'out'], cells);
  const [inward, outward] = [single(header, 'in', cells), single(header, 'out', cells)];
  if (inward === undefined || outward === undefined || (inward === null && outward === null))
    return { raw, why: 'amount' };
  const [inCents, outCents] = [centsOf(inward ?? '0.00'), centsOf(outward ?? '0.00')];
  const isBothOrNone = (inCents === 0n) === (outCents === 0n);
  if (isBothOrNone) return { raw, why: 'amount' };
  // One column may be signed too (支出 -50.00). Which it is, a reversal or a habit, nobody can tell from the row: a habit is
  // known by the column's name (支出金额(-元)), everything else is a reversal.
  return { amount: amountFrom(inCents - (isSignedOut(header) && outCents < 0n ? -outCents : outCents)), raw };
}

const isSignedOut = ({ names }: Header) => [...names.keys()].some((name) => name.includes('(-元)'));

/** Several columns of one role must say the same; undefined: they do not, or it is no amount. */
function single({ columns }: Header, role: Role, cells: readonly string[]): string | null | undefined {
  const amounts = (columns.get(role) ?? [])
    .map((column) => amountOf(cells[column]))
    .filter((each) => each !== null);
  const [first] = amounts;
  if (amounts.length === 0) return null;
  return amounts.every((each) => each === first) ? first : undefined;
}

const rawOf = (header: Header, roles: readonly Role[], cells: readonly string[]): string | null =>
  roles
    .map((role) => textOf(cellOf(header, role, cells)))
    .filter((text) => text !== null)
    .join(' / ') || null;

function directionOf(layout: Layout, header: Header, cells: readonly string[]): 'in' | 'out' | undefined {
  const flag = headerText(cellOf(header, 'flag', cells) ?? '');
  const has = (list: readonly string[]) => list.some((word) => headerText(word) === flag);
  if (has(layout.in)) return 'in';
  if (has(layout.out)) return 'out';
  if (layout.neutral && has(layout.neutral.flags)) return neutralDirection(layout.neutral, header, cells);
  if (words.in.has(flag)) return 'in';
  return words.out.has(flag) ? 'out' : undefined;
}

/** A wallet calls transfers between one's own pockets neutral; what kind of booking it is tells where the money went. */
function neutralDirection(
  rules: NonNullable<Layout['neutral']>,
  { columns }: Header,
  cells: readonly string[],
): 'in' | 'out' | undefined {
  const text = (['kind', 'remark', 'status'] as const)
    .flatMap((role) => columns.get(role) ?? [])
    .map((column) => tidy(cells[column] ?? ''))
    .join(' ');
  if (rules.in !== undefined && new RegExp(rules.in).test(text)) return 'in';
  return rules.out !== undefined && new RegExp(rules.out).test(text) ? 'out' : undefined;
}
