import { MillraceError } from '../kit';
import { readStatement, type StatementFile, statementNames } from './folder';
import { parseFile, type ParseOptions } from './formats';
import { dayOf } from './knownLines';
import type { ParsedFile } from './parsed';

/** A folder of bank files and how they are read. */
export interface BankFiles extends ParseOptions {
  folder: string;
  ownNames: readonly string[];
  settleMs: number;
  pageRows: number;
  now(): Date;
}

/** A file as it was read, or why it cannot be. */
export type ReadFile = StatementFile & ({ parsed: ParsedFile; problem?: undefined } | { problem: string });

const KEPT_LINES = 50_000; // three streams read each file; the last ones stay in memory
const kept = new Map<string, ReadFile>();

/** The parsed file; `problem` when it is no statement that we can read. */
export function parsedOf(bank: BankFiles, file: StatementFile): ReadFile {
  const key = JSON.stringify([
    file.name,
    file.hash,
    bank.account ?? null,
    bank.layouts?.length ?? 0,
    bank.folder,
  ]);
  const known = kept.get(key);
  if (known) return known;
  const read = attempt(bank, file);
  kept.set(key, read);
  let lines = [...kept.values()].reduce((sum, each) => sum + linesOf(each), 0);
  for (const [oldest, each] of kept) {
    if (lines <= KEPT_LINES) break;
    kept.delete(oldest);
    lines -= linesOf(each);
  }
  return read;
}

const linesOf = (read: ReadFile): number => ('parsed' in read ? read.parsed.rows : 0) + 100;

function attempt(bank: BankFiles, file: StatementFile): ReadFile {
  try {
    return { ...file, parsed: parseFile(file.bytes, file.name, bank) };
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'file_unreadable') throw error;
    const line = /line \d+/.exec(error.where)?.[0];
    return { ...file, problem: line === undefined ? error.what : `${line}: ${error.what}` };
  }
}

/** What must be known of the whole folder before lines get ids and categories. */
export interface Survey {
  accounts: ReadonlySet<string>;
  /** Whether more than one file has lines of an account's day. */
  isShared(day: string): boolean;
}

/** Reads every file once: all accounts are our own, and days that several files have are to be compared. */
export async function surveyOf(bank: BankFiles): Promise<Survey> {
  const accounts = new Set<string>();
  const once = new Set<string>();
  const shared = new Set<string>();
  const hashes = new Set<string>();
  for (const name of await statementNames(bank.folder)) {
    const read = parsedOf(bank, await readStatement(bank.folder, name, bank.settleMs));
    if (!('parsed' in read) || hashes.has(read.hash)) continue;
    hashes.add(read.hash);
    for (const { account } of read.parsed.statements) accounts.add(account);
    for (const day of new Set(read.parsed.entries.map(dayOf))) (once.has(day) ? shared : once).add(day);
  }
  return { accounts, isShared: (day) => shared.has(day) };
}
