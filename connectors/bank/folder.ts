import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { MillraceError } from '../kit';
import { contentHash } from './identity';

export interface StatementFile {
  /** Path inside the folder, with /. */
  name: string;
  bytes: Buffer;
  hash: string;
}

const STATEMENTS = /\.(csv|txt|tsv|xlsx?|xlsm|xml|camt|c5[234]|sta|mt940|940|mta)$/i;
const MAX_BYTES = 256 * 1024 * 1024;

/** Names of the files that look like statements, sorted, in the folder and below it. */
export async function statementNames(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names
      .filter((name) => STATEMENTS.test(name) && !/^[.~]/.test(basename(name)))
      .map((name) => name.split(sep).join('/'))
      .sort();
  } catch (cause) {
    throw new MillraceError('file_unreadable', {
      what: `The folder of bank statements cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown'}`,
      where: `folder ${folder}`,
      todo: 'Create the folder, or write its path into `folder` of this connection',
      cause,
    });
  }
}

/** A file's bytes, once nobody has written to it for `settleMs`: a copy in progress ends in the middle of an amount. */
export async function readStatement(folder: string, name: string, settleMs: number): Promise<StatementFile> {
  const path = join(folder, name);
  for (;;) {
    const { mtimeMs, size } = await stat(path);
    if (size > MAX_BYTES) throw new Error(`${name} is larger than ${MAX_BYTES} bytes`);
    const restMs = Math.min(mtimeMs + settleMs - Date.now(), settleMs);
    if (restMs <= 0) break;
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  const bytes = await readFile(path);
  return { name, bytes, hash: contentHash(bytes) };
}
