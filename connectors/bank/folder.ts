import { readdir } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { MillraceError } from '../kit';
import { type SettledFile, settledFile } from '../kit/tables';

export interface StatementFile extends SettledFile {
  /** Path inside the folder, with /. */
  name: string;
}

const STATEMENTS = /\.(csv|txt|tsv|xlsx?|xlsm|xml|camt|c5[234]|sta|mt940|940|mta)$/i;

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

/** A file's bytes, once nobody has written to it for `settleMs`. */
export const readStatement = async (
  folder: string,
  name: string,
  settleMs: number,
): Promise<StatementFile> => ({ name, ...(await settledFile(join(folder, name), settleMs)) });
