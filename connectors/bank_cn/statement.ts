import { amountFrom, amountOf, centsOf, dateOf, headerText, textOf, tidy, timeOf } from './cells';
import { type CsvRow, rowsOf } from './csv';
import { decode } from './decode';
import { findHeader, type Header, type Role, words } from './layouts';
import { accountIn, type Period, periodIn } from './titles';

/** A line that the bank booked, signed from the company's view: money in is positive. */
export interface Entry {
  line: number;
  account: string;
  /** `yyyy-mm-dd`, the bank's booking date. */
  date: string;
  /** `hh:mm:ss`, Beijing time. */
  time: string | null;
  amount: string;
  balance: string | null;
  currency: string;
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  remark: string | null;
  reference: string | null;
}

/** A row that is no booking, and what it is. */
interface Ignored {
  line: number;
  name: string;
}

/** A row that should be a booking and cannot be read; it goes to quarantine with its text. */
export interface Rejected {
  line: number;
  account: string | null;
  why: 'date' | 'amount';
  date: string | null;
  amount: string | null;
  cells: string[];
}

export interface Statement {
  layout: string;
  bank: string;
  encoding: string;
  /** The account of the title or the file's name; rows may name others. */
  account: string | null;
  period: Period | undefined;
  /** rows = entries + ignored + rejected: none is left out. */
  rows: number;
  entries: Entry[];
  ignored: Ignored[];
  rejected: Rejected[];
}

/** Reads one file, or says why it cannot. */
export function parseStatement(
  bytes: Buffer,
  fileName: string,
  fallbackAccount?: string,
): Statement | { problem: string } {
  const decoded = decode(bytes);
  if ('problem' in decoded) return decoded;
  const rows = rowsOf(decoded.text);
  const header = findHeader(rows);
  if (!header)
    return { problem: 'No row of it is the header of a known bank layout (connectors/bank_cn/layouts)' };
  const titles = rows.slice(0, header.row);
  const hasColumn = header.columns.has('account');
  const account = accountIn(titles, fileName) ?? (hasColumn ? undefined : fallbackAccount) ?? null;
  if (account === null && !hasColumn) {
    return {
      problem:
        'Neither the file nor its name tells the account: set `account`, or put its digits into the name',
    };
  }
  const statement: Statement = {
    layout: header.layout.name,
    bank: header.layout.bank,
    encoding: decoded.encoding,
    account,
    period: periodIn(titles, fileName),
    rows: rows.length,
    entries: [],
    ignored: titles.map(({ line }) => ({ line, name: 'title' })),
    rejected: [],
  };
  statement.ignored.push({ line: rows[header.row]?.line ?? 0, name: 'header' });
  for (const row of rows.slice(header.row + 1)) sortIn(statement, header, row);
  return statement;
}

function sortIn(statement: Statement, header: Header, row: CsvRow): void {
  const { line, cells } = row;
  const cell = (role: Role) => first(header, role, cells);
  const date = dateOf(cell('date')) ?? dateOf(cell('time'));
  const name = date === undefined ? nameOfNoBooking(header, cells) : undefined;
  if (name !== undefined) {
    statement.ignored.push({ line, name });
    return;
  }
  const account = compactAccount(cell('account')) ?? statement.account;
  const { amount, raw } = signedAmount(header, cells);
  if (date === undefined || amount === undefined || account === null) {
    const why = date === undefined ? 'date' : 'amount';
    const dateText = date ?? textOf(cell('date')) ?? textOf(cell('time'));
    statement.rejected.push({
      line,
      account,
      why,
      date: dateText,
      amount: amount ?? raw,
      cells: cells.map(tidy),
    });
    return;
  }
  const isIn = !amount.startsWith('-');
  statement.entries.push({
    line,
    account,
    date,
    time: timeOf(cell('time')) ?? null,
    amount,
    balance: amountOf(cell('balance')) ?? null,
    currency: currencyOf(cell('currency')),
    counterpartyName: textOf(cell('counterparty_name') ?? cell(isIn ? 'payer_name' : 'payee_name')),
    counterpartyAccount: textOf(
      cell('counterparty_account') ?? cell(isIn ? 'payer_account' : 'payee_account'),
    ),
    remark: joined(header, cells),
    reference: textOf(cell('reference')),
  });
}

const first = ({ columns }: Header, role: Role, cells: readonly string[]): string | undefined => {
  const index = columns.get(role)?.find((column) => tidy(cells[column] ?? '') !== '');
  return index === undefined ? undefined : cells[index];
};

/** Why a row without a date is no booking; undefined: it should have been one. */
function nameOfNoBooking({ layout }: Header, cells: readonly string[]): string | undefined {
  const filled = cells.map((cell) => headerText(cell)).filter((cell) => cell !== '');
  const [start] = filled;
  if (start === undefined) return 'blank';
  const names = new Set(Object.keys(layout.columns).map(headerText));
  if (filled.every((cell) => names.has(cell))) return 'header';
  return words.footers.find(({ pattern }) => pattern.test(start))?.name;
}

/** One signed column, a column for each direction, or an amount whose direction a flag tells; never by the payer's name. */
function signedAmount(header: Header, cells: readonly string[]): { amount?: string; raw: string | null } {
  const cell = (role: Role) => first(header, role, cells);
  if (header.columns.has('in')) {
    const [inward, outward] = [amountOf(cell('in')), amountOf(cell('out'))];
    const raw = [textOf(cell('in')), textOf(cell('out'))].filter((text) => text !== null).join(' / ') || null;
    if (inward === undefined || outward === undefined || (inward === null && outward === null))
      return { raw };
    const [inCents, outCents] = [centsOf(inward ?? '0.00'), centsOf(outward ?? '0.00')];
    const isBothOrNone = (inCents === 0n) === (outCents === 0n); // the other column holds 0 or nothing
    return isBothOrNone ? { raw } : { amount: amountFrom(inCents - outCents), raw };
  }
  const amount = amountOf(cell('amount'));
  const raw =
    [textOf(cell('amount')), textOf(cell('flag'))].filter((text) => text !== null).join(' / ') || null;
  if (amount === undefined || amount === null) return { raw };
  if (!header.columns.has('flag')) return { amount, raw };
  const flag = headerText(cell('flag') ?? '');
  const isIn = words.in.has(flag);
  if (!isIn && !words.out.has(flag)) return { raw };
  const size = amount.replace('-', ''); // some banks sign the amount as well
  return { amount: isIn || !/[1-9]/.test(size) ? size : `-${size}`, raw };
}

function joined({ columns }: Header, cells: readonly string[]): string | null {
  const parts = (columns.get('remark') ?? []).map((column) => textOf(cells[column]));
  return [...new Set(parts.filter((part) => part !== null))].join(' ') || null;
}

const compactAccount = (cell: string | undefined): string | null => textOf(cell)?.replace(/\s/g, '') ?? null;

function currencyOf(cell: string | undefined): string {
  const text = headerText(cell ?? '').toUpperCase();
  return text === '' || text.startsWith('人民币') || text === 'RMB' ? 'CNY' : text;
}
