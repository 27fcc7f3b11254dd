import type { BalanceCheck } from './balances';
import { checkOf } from './fileRows';
import { readStatement, statementNames } from './folder';
import { parseFile } from './formats';
import { contentHash } from '../kit/tables';
import { KnownLines } from './knownLines';
import type { Entry, FileFormat, Ignored, Note, Rejected, StatementFacts } from './parsed';
import { type BankFiles, parsedOf } from './parsedFiles';
import { REASONS } from './reading';

interface StatementPreview extends StatementFacts, Omit<BalanceCheck, 'opening' | 'closing'> {
  entries: number;
}

/** What loading a file would do; the words are for people, the lines for programs. */
export interface FilePreview {
  name: string;
  format: FileFormat;
  bank: string | null;
  layout: string;
  encoding: string;
  /** rows = entries + ignored + rejected. */
  rows: number;
  entries: number;
  /** Lines that no file of the folder has yet; null where no folder was asked. */
  newEntries: number | null;
  knownEntries: number | null;
  ignored: Ignored[];
  rejected: (Rejected & { reason: string })[];
  /** What is odd about the file and did not stop its reading. */
  notes: Note[];
  statements: StatementPreview[];
  /** The file of the folder that has the same bytes. */
  duplicateOf: string | null;
  lines: (Entry & { isNew: boolean | null })[];
}

/** Reads a file without keeping anything. Error: `file_unreadable` with file, line and cause. */
export async function previewFile(
  file: { name: string; bytes: Buffer },
  bank: Pick<BankFiles, 'account' | 'layouts'> & Partial<BankFiles>,
): Promise<FilePreview> {
  const parsed = parseFile(file.bytes, file.name, bank);
  const found = isFolder(bank) ? await compared(bank, file.bytes, parsed.entries) : undefined;
  const known = found?.isNew.filter((isNew) => !isNew).length;
  return {
    name: file.name,
    format: parsed.format,
    bank: parsed.bank ?? null,
    layout: parsed.layout,
    encoding: parsed.encoding,
    rows: parsed.rows,
    entries: parsed.entries.length,
    newEntries: known === undefined ? null : parsed.entries.length - known,
    knownEntries: known ?? null,
    ignored: parsed.ignored,
    rejected: parsed.rejected.map((row) => ({ ...row, reason: REASONS[row.why] })),
    notes: parsed.notes ?? [],
    statements: parsed.statements.map((statement, index) => ({
      ...statement,
      ...checkOf(parsed, statement, index),
      entries: parsed.entries.filter((entry) => entry.statement === index).length,
    })),
    duplicateOf: found?.twin ?? null,
    lines: parsed.entries.map((entry, index) => ({ ...entry, isNew: found?.isNew[index] ?? null })),
  };
}

const isFolder = (bank: Partial<BankFiles>): bank is BankFiles => bank.folder !== undefined;

/** Against what the folder holds now: that is what a sync will find. */
async function compared(
  bank: BankFiles,
  bytes: Buffer,
  entries: readonly Entry[],
): Promise<{ isNew: boolean[]; twin: string | undefined }> {
  const lines = new KnownLines();
  const hash = contentHash(bytes);
  let twin: string | undefined;
  for (const name of await statementNames(bank.folder).catch(() => [])) {
    const read = parsedOf(bank, await readStatement(bank.folder, name, 0));
    if (read.hash === hash) twin ??= name;
    if ('parsed' in read) lines.add(read.parsed.entries);
  }
  return { isNew: lines.add(entries).map(({ isNew }) => isNew), twin };
}
