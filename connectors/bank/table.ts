import { amountOf, dateOf, headerText, textOf, tidy, timeOf } from './cells';
import type { CsvRow } from '../kit/tables';
import { currencyOf } from './currency';
import { findHeader, type Header, headerOf } from './header';
import { type Layout, type Role, words } from './layouts';
import { cellOf, outAmounts, type OutAmounts, signedAmount } from './money';
import type { Entry, Ignored, Rejected, StatementFacts } from './parsed';
import { accountIn, balancesIn, currencyIn, periodIn } from './titles';
import { isCutShort } from './cut';

export interface Table {
  layout: Layout;
  rows: number;
  statements: StatementFacts[];
  entries: Entry[];
  ignored: Ignored[];
  rejected: Rejected[];
}

/** What a row is read against; a further title block or header in the file changes it. */
interface Place {
  header: Header;
  layouts: readonly Layout[];
  account: string | null;
  currency: string | undefined;
  outs: OutAmounts;
}

/**
 * Rows of one CSV file or sheet as bookings: title rows, a header of a known layout, bookings and foot lines. Every row is an
 * entry, ignored by a name, or rejected. Undefined when no row is a known header.
 */
export function readTable(
  rows: readonly CsvRow[],
  fileName: string,
  layouts: readonly Layout[],
  fallbackAccount: string | undefined,
): Table | undefined {
  const header = findHeader(rows, layouts, fileName);
  if (!header) return undefined;
  const firstHeaderRow = header.row - header.height + 1;
  const titles = rows.slice(0, firstHeaderRow);
  const rest = rows.slice(header.row + 1);
  const hasColumn = header.columns.has('account');
  const account =
    accountIn(titles, fileName, header.layout.accountLabels) ??
    (hasColumn ? undefined : fallbackAccount) ??
    null;
  const place: Place = {
    header,
    layouts,
    account,
    currency: currencyIn(titles),
    outs: outAmounts(header, rest),
  };
  const table: Table = {
    layout: header.layout,
    rows: rows.length,
    statements: [],
    entries: [],
    ignored: [
      ...titles.map(({ line }) => ({ line, name: 'title' })),
      ...rows.slice(firstHeaderRow, header.row + 1).map(({ line }) => ({ line, name: 'header' })),
    ],
    rejected: [],
  };
  for (const row of rest) sortIn(table, place, row, isCutShort(row, header, rest));
  return finished(table, titles, rest, fileName, place);
}

function sortIn(table: Table, place: Place, row: CsvRow, isCut: boolean): void {
  const { line, cells } = row;
  const { header } = place;
  const cell = (role: Role) => cellOf(header, role, cells);
  const date = dateOf(cell('date')) ?? dateOf(cell('time')) ?? dateOf(cell('date_in')?.slice(0, 8));
  const name = date === undefined ? nameOfNoBooking(place, row) : statusName(header, cells);
  if (name !== undefined) {
    table.ignored.push({ line, name });
    return;
  }
  const account = compactAccount(cell('account')) ?? place.account;
  const money = signedAmount(header, cells, place.outs);
  const currencyCell = textOf(cell('currency'));
  const currency = currencyCell === null ? (place.currency ?? 'CNY') : currencyOf(currencyCell);
  const why = isCut
    ? ('text' as const)
    : date === undefined
      ? ('date' as const)
      : isTooWide(header, cells)
        ? ('columns' as const)
        : money.amount === undefined
          ? money.why
          : account === null
            ? ('account' as const)
            : currency === undefined
              ? ('currency' as const)
              : undefined;
  if (
    why !== undefined ||
    date === undefined ||
    money.amount === undefined ||
    account === null ||
    currency === undefined
  ) {
    const dateText = date ?? textOf(cell('date')) ?? textOf(cell('time'));
    table.rejected.push({
      line,
      account,
      why: why ?? 'text',
      date: dateText,
      amount: why === 'columns' || why === 'text' ? null : (money.amount ?? money.raw),
      cells: cells.map(tidy),
    });
    return;
  }
  table.entries.push(entryOf(header, cells, { line, account, date, currency, amount: money.amount }));
}

function entryOf(
  header: Header,
  cells: readonly string[],
  known: Pick<Entry, 'line' | 'account' | 'date' | 'currency' | 'amount'>,
): Entry {
  const cell = (role: Role) => cellOf(header, role, cells);
  const isIn = !known.amount.startsWith('-');
  return {
    ...known,
    statement: 0, // see `finished`
    valueDate: dateOf(cell('value_date')) ?? null,
    time: timeOf(cell('time')) ?? timeOf(cell('date')) ?? null,
    balance: balanceOf(cell('balance')),
    counterpartyName: nameOf(header, cell('counterparty_name') ?? cell(isIn ? 'payer_name' : 'payee_name')),
    counterpartyAccount: nameOf(
      header,
      cell('counterparty_account') ?? cell(isIn ? 'payer_account' : 'payee_account'),
    ),
    remark: joined(header, cells),
    reference: nameOf(header, cell('reference')),
    bankReference: nameOf(header, cell('bank_reference')),
    details: [],
  };
}

const balanceOf = (cell: string | undefined): string | null => amountOf(cell) ?? null;

/** Wallets write a slash where they have nothing. */
function nameOf({ layout }: Header, cell: string | undefined): string | null {
  const text = textOf(cell);
  return text === '/' && layout.neutral ? null : text;
}

function joined(header: Header, cells: readonly string[]): string | null {
  const parts = (header.columns.get('remark') ?? []).map((column) => nameOf(header, cells[column]));
  return [...new Set(parts.filter((part) => part !== null))].join(' ') || null;
}

const compactAccount = (cell: string | undefined): string | null => textOf(cell)?.replace(/\s/g, '') ?? null;

/** More filled cells than the header has: a comma that nobody quoted has moved every cell behind it. */
const isTooWide = ({ width }: Header, cells: readonly string[]): boolean =>
  cells.slice(width).some((cell) => tidy(cell) !== '');

/** The status of a row with a date that moved no money, such as 交易关闭. */
function statusName(header: Header, cells: readonly string[]): string | undefined {
  const fits = (column: string, pattern: string) =>
    new RegExp(pattern).test(tidy(cells[header.names.get(headerText(column)) ?? -1] ?? ''));
  const isIgnored = header.layout.ignored.some((rule) =>
    Object.entries(rule).every(([column, pattern]) => fits(column, pattern)),
  );
  return isIgnored ? `status ${tidy(cellOf(header, 'status', cells) ?? '')}`.trim() : undefined;
}

/**
 * Why a row without a date is no booking; undefined: it should have been one. A further header or title block goes before the
 * rows of another account: from there on it counts.
 */
function nameOfNoBooking(place: Place, row: CsvRow): string | undefined {
  const { cells } = row;
  const { header, layouts } = place;
  const filled = cells.map((cell) => headerText(cell)).filter((cell) => cell !== '');
  const [start] = filled;
  if (start === undefined) return 'blank';
  if (filled.every((cell) => header.names.has(cell))) return 'header';
  const other = headerOf(cells, layouts, 0);
  if (other) {
    place.header = other;
    return 'header';
  }
  if (words.footers.some(({ pattern }) => pattern.test(start)))
    return words.footers.find(({ pattern }) => pattern.test(start))?.name;
  const hasMoney = ['amount', 'in', 'out'].some(
    (role) => textOf(cellOf(header, role as Role, cells)) !== null,
  );
  const account = accountIn([row], '', header.layout.accountLabels);
  if (account !== undefined && !(hasMoney && cells.length >= header.width)) {
    place.account = account;
    place.currency = currencyIn([row]) ?? place.currency;
    return 'title';
  }
  return undefined;
}

/** Entries get their statement: one per account and currency of the file, with what titles and foot lines say about it. */
function finished(
  table: Table,
  titles: readonly CsvRow[],
  rest: readonly CsvRow[],
  fileName: string,
  place: Place,
): Table {
  const numbers = new Map<string, number>();
  const period = periodIn(titles, fileName);
  const add = (account: string, currency: string): number => {
    const key = `${account} ${currency}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, table.statements.length);
    table.statements.push({
      account,
      currency,
      number: null,
      from: period?.from ?? null,
      to: period?.to ?? null,
      opening: null,
      closing: null,
    });
    return table.statements.length - 1;
  };
  const entries = table.entries.map((entry) => ({ ...entry, statement: add(entry.account, entry.currency) }));
  if (entries.length === 0 && place.account !== null) add(place.account, place.currency ?? 'CNY');
  const [only] = table.statements;
  if (only && table.statements.length === 1) {
    const foot = new Set(table.ignored.map(({ line }) => line));
    Object.assign(only, balancesIn([...titles, ...rest.filter(({ line }) => foot.has(line))]));
  }
  return { ...table, entries };
}
