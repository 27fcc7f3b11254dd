import { z } from 'zod';
import type { Page, Row } from '../kit';
import { checkBalances } from './balances';
import { categoryOf, type Own, ownOf } from './categories';
import { readStatement, type StatementFile, statementNames } from './folder';
import { entryIds, rejectedIds } from './identity';
import { type Entry, parseStatement, type Statement } from './statement';

export interface BankFiles {
  folder: string;
  ownNames: readonly string[];
  account: string | undefined;
  settleMs: number;
  pageRows: number;
  now(): Date;
}

/** Content hashes of files that are done, by name: a file is read again when its bytes change, not when it is copied. */
export type Known = Record<string, string>;

const stateShape = z.object({ files: z.record(z.string(), z.string()) });

export const knownFiles = (state: unknown): Known =>
  state === undefined ? {} : stateShape.parse(state).files;

/**
 * Lines of files that were not read yet. The state names a file with its last page, so a read that ends in the middle of a
 * file begins it again; ids make that harmless. A file that cannot be read gives one bad row, and is tried again.
 */
export async function* readTransactions(bank: BankFiles, before: Known): AsyncGenerator<Page> {
  const known: Known = { ...before };
  let own: Own | undefined;
  for await (const file of newFiles(bank, known)) {
    own ??= await ownAccounts(bank);
    const isCopy = Object.values(known).includes(file.hash);
    const statement = isCopy ? undefined : parseStatement(file.bytes, file.name, bank.account);
    if (statement && 'problem' in statement) {
      yield { records: [unreadable(file, statement.problem)], state: { files: { ...known } } };
      continue;
    }
    const rows = statement ? rowsOf(file, statement, own) : [];
    for (let start = 0; start + bank.pageRows < rows.length; start += bank.pageRows) {
      yield { records: rows.slice(start, start + bank.pageRows), state: { files: { ...known } } };
    }
    known[file.name] = file.hash;
    const rest = rows.length === 0 ? 0 : ((rows.length - 1) % bank.pageRows) + 1;
    yield { records: rows.slice(rows.length - rest), state: { files: { ...known } } };
  }
  yield { records: [], state: { files: { ...known } } };
}

/** One row per file and account. */
export async function* readFiles(bank: BankFiles, before: Known): AsyncGenerator<Page> {
  const known: Known = { ...before };
  for await (const file of newFiles(bank, known)) {
    const twin = Object.entries(known).find(([name, hash]) => hash === file.hash && name !== file.name)?.[0];
    const statement = parseStatement(file.bytes, file.name, bank.account);
    const records =
      'problem' in statement
        ? [noStatement(bank, file, statement.problem)]
        : fileRows(bank, file, statement, twin);
    if (!('problem' in statement)) known[file.name] = file.hash;
    yield { records, state: { files: { ...known } } };
  }
  yield { records: [], state: { files: { ...known } } };
}

async function* newFiles(bank: BankFiles, known: Known): AsyncGenerator<StatementFile> {
  for (const name of await statementNames(bank.folder)) {
    const file = await readStatement(bank.folder, name, bank.settleMs);
    if (known[name] !== file.hash) yield file;
  }
}

/** All accounts of the folder: a transfer to one of them is internal, whatever the other side is called. */
async function ownAccounts(bank: BankFiles): Promise<Own> {
  const accounts = new Set<string>();
  for (const name of await statementNames(bank.folder)) {
    const { bytes } = await readStatement(bank.folder, name, bank.settleMs);
    const statement = parseStatement(bytes, name, bank.account);
    if ('problem' in statement) continue;
    if (statement.account !== null) accounts.add(statement.account);
    for (const { account } of statement.entries) accounts.add(account);
  }
  return ownOf(bank.ownNames, accounts);
}

function rowsOf({ name }: StatementFile, statement: Statement, own: Own): Row[] {
  const { entries, rejected, layout } = statement;
  const ids = entryIds(entries);
  const badIds = rejectedIds(rejected);
  const good = entries.map(
    (entry, index): Row => ({
      id: ids[index],
      account: entry.account,
      date: entry.date,
      booked_at: entry.time === null ? null : `${entry.date} ${entry.time}`,
      amount: entry.amount,
      currency: entry.currency,
      counterparty_name: entry.counterpartyName,
      counterparty_account: entry.counterpartyAccount,
      remark: entry.remark,
      reference: entry.reference,
      balance: entry.balance,
      category: categoryOf(entry, own),
      layout,
      file_name: name,
      line_number: String(entry.line),
      problem: null,
      cells: null,
    }),
  );
  const bad = rejected.map(
    ({ line, account, why, date, amount, cells }, index): Row => ({
      id: badIds[index],
      account,
      date,
      amount,
      currency: 'CNY',
      layout,
      file_name: name,
      line_number: String(line),
      problem: `line ${line}: no ${why}`,
      cells,
    }),
  );
  return [...good, ...bad];
}

/** Required fields are missing on purpose: the row goes to quarantine, where people look. */
const unreadable = ({ name, hash }: StatementFile, problem: string): Row => ({
  id: `file-${hash}`,
  file_name: name,
  problem,
});

function fileRows(
  bank: BankFiles,
  file: StatementFile,
  statement: Statement,
  twin: string | undefined,
): Row[] {
  const byAccount = new Map<string, Entry[]>();
  if (statement.entries.length === 0 && statement.account !== null) byAccount.set(statement.account, []);
  for (const entry of statement.entries)
    byAccount.set(entry.account, [...(byAccount.get(entry.account) ?? []), entry]);
  return [...byAccount].map(([account, entries]): Row => {
    const { opening, closing, isOk, gaps, firstGap } = checkBalances(entries);
    const covered = coverage(entries, statement, bank.now());
    return {
      file_name: file.name,
      account,
      hash: file.hash,
      bank: statement.bank,
      layout: statement.layout,
      encoding: statement.encoding,
      covered_from: covered?.from ?? null,
      covered_to: covered?.to ?? null,
      rows: String(statement.rows),
      entries: String(entries.length),
      ignored: String(statement.ignored.length),
      rejected: String(statement.rejected.length),
      ignored_rows: statement.ignored,
      opening_balance: opening,
      closing_balance: closing,
      balance_ok: isOk,
      gap_count: String(gaps),
      first_gap_line: firstGap === null ? null : String(firstGap.line),
      first_gap_difference: firstGap?.difference ?? null,
      duplicate_of: twin ?? null,
      problem: null,
      read_at: bank.now().toISOString(),
    };
  });
}

const noStatement = (bank: BankFiles, { name, hash }: StatementFile, problem: string): Row => ({
  file_name: name,
  account: '(unknown)',
  hash,
  rows: '0',
  entries: '0',
  ignored: '0',
  rejected: '0',
  gap_count: '0',
  problem,
  read_at: bank.now().toISOString(),
});

const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The days whose lines are all here: what the file says it covers, but of days to come, and of today, only as far as lines
 * go; without such words from the first line's day to the last one's.
 */
function coverage(
  entries: readonly Entry[],
  { period }: Statement,
  now: Date,
): { from: string; to: string } | undefined {
  const dates = entries.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const yesterday = new Date(now.getTime() + SHANGHAI_MS - DAY_MS).toISOString().slice(0, 10);
  if (!period) return first && last ? { from: first, to: last } : undefined;
  const known = last !== undefined && last > yesterday ? last : yesterday;
  const to = period.to < known ? period.to : known;
  return period.from <= to ? { from: period.from, to } : undefined;
}
