import { readdir } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { MillraceError, messageOf } from '../kit';
import { contentHash, settledFile } from '../kit/tables';
import { type FileRecords, recordsOf } from './records';
import type { Config, TableSpec } from './spec';
import { tableOf } from './table';

/** One file (or the rows in the config) for one entry of `tables`. */
export interface Source {
  table: TableSpec;
  /** Place in `tables`, from 1. */
  number: number;
  /** Path below the folder with /, or `(config)`. */
  name: string;
  /** Of the content and of what the config says about it. */
  hash: string;
  /** Parsed when it is asked for, or why it cannot be read. */
  read(): FileRecords | { error: MillraceError };
}

/** The name that a source has in the state: one file may feed several tables. */
export const idOf = ({ number, name }: Pick<Source, 'number' | 'name'>): string => `${number} ${name}`;

/**
 * Config of an entity (undefined: of all) in the order in which they count: by entry of the config, then by name; where two have
 * one key, the later one's row holds. Errors: `file_unreadable` when the folder cannot be read.
 */
export async function sourcesOf(config: Config, entity?: string): Promise<Source[]> {
  const names = await namesIn(config.folder);
  const sources: Source[] = [];
  for (const [index, table] of config.tables.entries()) {
    if (entity !== undefined && table.entity !== entity) continue;
    const meaning = JSON.stringify([table, config.zone]);
    const number = index + 1;
    if (table.rows) {
      const bytes = Buffer.from(csvOf(table.rows));
      sources.push(source(table, number, '(config)', bytes, contentHash(meaning), config.zone));
      continue;
    }
    const pattern = globPattern(table.file ?? '');
    for (const name of names.filter((each) => pattern.test(each))) {
      const { bytes, hash } = await settledFile(join(config.folder, name), config.settleSeconds * 1_000);
      sources.push(source(table, number, name, bytes, contentHash(`${hash} ${meaning}`), config.zone));
    }
  }
  return sources;
}

function source(table: TableSpec, number: number, name: string, bytes: Buffer, hash: string, zone: string) {
  const read = () => {
    const known = kept.get(hash + name);
    if (known) return known;
    const records = attempt(table, name, bytes, zone);
    kept.set(hash + name, records);
    let held = [...kept.values()].reduce((sum, each) => sum + rowsIn(each), 0);
    for (const [oldest, each] of kept) {
      if (held <= KEPT_ROWS) break;
      kept.delete(oldest);
      held -= rowsIn(each);
    }
    return records;
  };
  return { table, number, name, hash, read };
}

const KEPT_ROWS = 100_000; // several streams read a file; the last ones stay in memory
const kept = new Map<string, FileRecords | { error: MillraceError }>();
const rowsIn = (read: FileRecords | { error: MillraceError }) => ('rows' in read ? read.rows : 0) + 100;

function attempt(table: TableSpec, name: string, bytes: Buffer, zone: string): ReturnType<Source['read']> {
  try {
    return recordsOf(tableOf(bytes, name, table), name, table, zone);
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'file_unreadable') return { error };
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names
      .filter((name) => !/^[.~]/.test(basename(name))) // what Excel and others write beside an open file
      .map((name) => name.split(sep).join('/'))
      .sort();
  } catch (cause) {
    throw new MillraceError('file_unreadable', {
      what: `The folder of files cannot be read: ${messageOf(cause)}`,
      where: `folder ${folder}`,
      todo: 'Create the folder, or write its path into `folder` of this connection',
      cause,
    });
  }
}

/** `*` stands for anything but a slash. */
const globPattern = (glob: string): RegExp =>
  new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);

/** Rows of the config as a file, so that both are read alike. */
function csvOf(rows: readonly Record<string, string | number | boolean | null>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | number | boolean | null | undefined) =>
    `"${String(value ?? '').replaceAll('"', '""')}"`;
  return [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((row) => `${row.map(cell).join(',')}\n`)
    .join('');
}
