import type { Row } from '../kit';
import { type BalanceCheck, checkBalances } from './balances';
import { grouped } from './grouped';
import type { Identified } from './knownLines';
import type { Entry, ParsedFile, StatementFacts } from './parsed';
import type { ReadFile } from './parsedFiles';

/** Rows of the stream `files`: one per account of a file. */
export function fileRows(
  file: Pick<ReadFile, 'name' | 'hash'>,
  parsed: ParsedFile,
  lines: readonly Identified[],
  twin: string | undefined,
  now: Date,
): Row[] {
  const numbered = parsed.entries.map((entry, index) => ({ entry, isNew: lines[index]?.isNew ?? false }));
  const byAccount = grouped(numbered, ({ entry }) => entry.account);
  const accounts = new Set([...parsed.statements.map(({ account }) => account), ...byAccount.keys()]);
  return [...accounts].map((account): Row => {
    const own = byAccount.get(account) ?? [];
    const entries = own.map(({ entry }) => entry);
    const statements = parsed.statements.filter((statement) => statement.account === account);
    const checks = parsed.statements.flatMap((statement, index) =>
      statement.account === account ? [checkOf(parsed, statement, index)] : [],
    );
    const covered = coverage(entries, statements, now);
    const gap = checks.find(({ firstGap }) => firstGap !== null)?.firstGap ?? null;
    const known = own.filter(({ isNew }) => !isNew).length;
    return {
      file_name: file.name,
      account,
      hash: file.hash,
      format: parsed.format,
      bank: parsed.bank ?? null,
      layout: parsed.layout,
      encoding: parsed.encoding,
      covered_from: covered?.from ?? null,
      covered_to: covered?.to ?? null,
      rows: String(parsed.rows),
      entries: String(entries.length),
      new_entries: String(twin === undefined ? entries.length - known : 0),
      known_entries: String(twin === undefined ? known : entries.length),
      ignored: String(parsed.ignored.length),
      rejected: String(parsed.rejected.length),
      ignored_rows: parsed.ignored,
      notes: parsed.notes ?? null,
      opening_balance: checks[0]?.opening ?? null,
      closing_balance: checks.at(-1)?.closing ?? null,
      balance_ok: isAllOk(checks),
      gap_count: String(checks.reduce((sum, { gaps }) => sum + gaps, 0)),
      first_gap_line: gap === null ? null : String(gap.line),
      first_gap_difference: gap?.difference ?? null,
      duplicate_of: twin ?? null,
      problem: null,
      read_at: now.toISOString(),
    };
  });
}

/** Rows of the stream `statements`: what APP-5 adds up. */
export function statementRows(file: Pick<ReadFile, 'name' | 'hash'>, parsed: ParsedFile, now: Date): Row[] {
  return parsed.statements.map((statement, index): Row => {
    const entries = parsed.entries.filter((entry) => entry.statement === index);
    const dates = entries.map(({ date }) => date).sort();
    const { opening, closing, total, difference, gaps } = checkOf(parsed, statement, index);
    return {
      id: `${file.hash}-${index + 1}`,
      file_name: file.name,
      account: statement.account,
      currency: statement.currency,
      number: statement.number,
      from_date: earliest(statement.from, dates[0]),
      to_date: latest(statement.to, dates.at(-1)),
      opening_balance: opening,
      closing_balance: closing,
      is_stated: statement.opening !== null && statement.closing !== null,
      lines: String(entries.length),
      lines_total: total,
      difference,
      gap_count: String(gaps),
      position: String(index + 1),
      read_at: now.toISOString(),
    };
  });
}

/** The balances of one statement of a file. */
export const checkOf = (parsed: ParsedFile, statement: StatementFacts, index: number): BalanceCheck =>
  checkBalances(
    parsed.entries.filter((entry) => entry.statement === index),
    statement,
  );

const isAllOk = (checks: readonly BalanceCheck[]): boolean | null => {
  const told = checks.flatMap(({ isOk }) => (isOk === null ? [] : [isOk]));
  return told.length === 0 ? null : told.every(Boolean);
};

const earliest = (stated: string | null, line: string | undefined): string | null =>
  stated !== null && line !== undefined && line < stated ? line : (stated ?? line ?? null);
const latest = (stated: string | null, line: string | undefined): string | null =>
  stated !== null && line !== undefined && line > stated ? line : (stated ?? line ?? null);

/** The one row of a file that could not be read. */
export const noStatement = (
  { name, hash }: Pick<ReadFile, 'name' | 'hash'>,
  problem: string,
  now: Date,
): Row => ({
  file_name: name,
  account: '(unknown)',
  hash,
  rows: '0',
  entries: '0',
  new_entries: '0',
  known_entries: '0',
  ignored: '0',
  rejected: '0',
  gap_count: '0',
  problem,
  read_at: now.toISOString(),
});

const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The days whose lines are all here: what the file says it covers, but of days to come, and of today, only as far as lines
 * go; without such words from the first line's day to the last one's.
 */
function coverage(
  entries: readonly Entry[],
  statements: readonly StatementFacts[],
  now: Date,
): { from: string; to: string } | undefined {
  const dates = entries.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const from = statements.flatMap((statement) => statement.from ?? []).sort()[0];
  const to = statements
    .flatMap((statement) => statement.to ?? [])
    .sort()
    .at(-1);
  const yesterday = new Date(now.getTime() + SHANGHAI_MS - DAY_MS).toISOString().slice(0, 10);
  if (from === undefined || to === undefined) return first && last ? { from: first, to: last } : undefined;
  const known = last !== undefined && last > yesterday ? last : yesterday;
  const end = to < known ? to : known;
  return from <= end ? { from, to: end } : undefined;
}
