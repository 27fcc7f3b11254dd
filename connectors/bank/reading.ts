import { z } from 'zod';
import type { Page, Row } from '../kit';
import { categoryOf, type Own, ownOf } from './categories';
import { fileRows, noStatement, statementRows } from './fileRows';
import { readStatement, statementNames } from './folder';
import { rejectedIds } from './identity';
import { type Identified, KnownLines } from './knownLines';
import type { ParsedFile } from './parsed';
import { type BankFiles, parsedOf, type ReadFile, surveyOf } from './parsedFiles';

/** Content hashes of files that are done, by name, and the order in which they came: a file is read again when its bytes change. */
export interface Known {
  files: Record<string, string>;
  order: string[];
}

const stateShape = z.object({
  files: z.record(z.string(), z.string()),
  order: z.array(z.string()).optional(),
});

export function knownFiles(state: unknown): Known {
  if (state === undefined) return { files: {}, order: [] };
  const { files, order } = stateShape.parse(state);
  return { files, order: order ?? Object.keys(files).sort() };
}

/** A file that was not read yet, with the ids of its lines. */
interface NewFile {
  file: ReadFile;
  lines: Identified[];
  /** An earlier file with the same bytes. */
  twin: string | undefined;
  /** What is known once this file is done. */
  after: Known;
}

/**
 * Lines of files that were not read yet. The state names a file with its last page, so a read that ends in the middle of a
 * file begins it again; ids make that harmless. A file that cannot be read gives one bad row, and is tried again.
 */
export async function* readTransactions(bank: BankFiles, before: Known): AsyncGenerator<Page> {
  let known = before;
  for await (const { file, lines, twin, after, own } of newFiles(bank, before)) {
    if (!('parsed' in file)) {
      yield { records: [unreadable(file, file.problem)], state: known };
      continue;
    }
    const rows = twin === undefined ? rowsOf(file.name, file.parsed, lines, own) : [];
    for (let start = 0; start + bank.pageRows < rows.length; start += bank.pageRows) {
      yield { records: rows.slice(start, start + bank.pageRows), state: known };
    }
    known = after;
    const rest = rows.length === 0 ? 0 : ((rows.length - 1) % bank.pageRows) + 1;
    yield { records: rows.slice(rows.length - rest), state: known };
  }
  yield { records: [], state: known };
}

/** One row per file and account. */
export async function* readFiles(bank: BankFiles, before: Known): AsyncGenerator<Page> {
  let known = before;
  for await (const { file, lines, twin, after } of newFiles(bank, before)) {
    if (!('parsed' in file)) {
      yield { records: [noStatement(file, file.problem, bank.now())], state: known };
      continue;
    }
    known = after;
    yield { records: fileRows(file, file.parsed, lines, twin, bank.now()), state: known };
  }
  yield { records: [], state: known };
}

/** One row per statement of a file. */
export async function* readStatements(bank: BankFiles, before: Known): AsyncGenerator<Page> {
  let known = before;
  for await (const { file, twin, after } of newFiles(bank, before)) {
    if (!('parsed' in file)) continue;
    known = after;
    yield { records: twin === undefined ? statementRows(file, file.parsed, bank.now()) : [], state: known };
  }
  yield { records: [], state: known };
}

/**
 * Files that were not read yet, by name. Those that were read before are gone through first, in the order in which they were
 * read: equal lines get the numbers that they have.
 */
async function* newFiles(bank: BankFiles, before: Known): AsyncGenerator<NewFile & { own: Own }> {
  const names = await statementNames(bank.folder);
  const files = await Promise.all(
    names.map(async (name) => ({ name, hash: (await readStatement(bank.folder, name, bank.settleMs)).hash })),
  );
  const isDone = ({ name, hash }: { name: string; hash: string }) => before.files[name] === hash;
  if (files.every(isDone)) return;
  const { accounts, isShared } = await surveyOf(bank);
  const own = ownOf(bank.ownNames, accounts);
  const lines = new KnownLines(isShared);
  const rank = new Map(before.order.map((name, index) => [name, index]));
  const done = files
    .filter(isDone)
    .sort((one, other) => (rank.get(one.name) ?? 0) - (rank.get(other.name) ?? 0));
  const hashes = new Map<string, string>();
  for (const { name, hash } of done) {
    const file = parsedOf(bank, await readStatement(bank.folder, name, 0));
    if ('parsed' in file && !hashes.has(hash)) lines.add(file.parsed.entries);
    hashes.set(hash, name);
  }
  let known = before;
  for (const { name } of files.filter((file) => !isDone(file))) {
    const file = parsedOf(bank, await readStatement(bank.folder, name, bank.settleMs));
    const twin =
      hashes.get(file.hash) ?? Object.entries(known.files).find(([, hash]) => hash === file.hash)?.[0];
    const ids = 'parsed' in file ? lines.add(file.parsed.entries) : [];
    if ('parsed' in file) {
      hashes.set(file.hash, name);
      known = {
        files: { ...known.files, [name]: file.hash },
        order: [...known.order.filter((each) => each !== name), name],
      };
    }
    yield { file, lines: ids, twin, after: known, own };
  }
}

function rowsOf(fileName: string, parsed: ParsedFile, lines: readonly Identified[], own: Own): Row[] {
  const { entries, rejected, layout } = parsed;
  const badIds = rejectedIds(rejected);
  const good = entries.map(
    (entry, index): Row => ({
      id: lines[index]?.id,
      account: entry.account,
      date: entry.date,
      value_date: entry.valueDate,
      booked_at: entry.time === null ? null : `${entry.date} ${entry.time}`,
      amount: entry.amount,
      currency: entry.currency,
      counterparty_name: entry.counterpartyName,
      counterparty_account: entry.counterpartyAccount,
      remark: entry.remark,
      reference: entry.reference,
      bank_reference: entry.bankReference,
      balance: entry.balance,
      category: categoryOf(entry, own),
      layout,
      file_name: fileName,
      line_number: String(entry.line),
      details: entry.details.length === 0 ? null : entry.details,
      problem: null,
      cells: null,
    }),
  );
  const bad = rejected.map(
    ({ line, sheet, account, why, date, amount, cells }, index): Row => ({
      id: badIds[index],
      account,
      date,
      amount,
      currency: ['date', 'amount', 'direction'].includes(why) ? 'CNY' : null, // what is missing or wrong sends it into quarantine
      layout,
      file_name: fileName,
      line_number: String(line),
      problem: `${sheet === undefined ? '' : `sheet ${sheet}, `}line ${line}: ${REASONS[why]}`,
      cells,
    }),
  );
  return [...good, ...bad];
}

/** What is wrong with a rejected row, in words. */
export const REASONS = {
  date: 'no date',
  amount: 'no amount',
  direction: 'no direction: the flag is neither in nor out',
  currency: 'no currency that is known',
  account: 'no account',
  columns: 'more cells than the header has: a delimiter that is not quoted',
  status: 'no status that says whether it is booked',
  form: 'it has not the form of a booking',
  text: 'the file ends within it',
} as const;

/** Required fields are missing on purpose: the row goes to quarantine, where people look. */
const unreadable = ({ name, hash }: ReadFile, problem: string): Row => ({
  id: `file-${hash}`,
  file_name: name,
  problem,
});
