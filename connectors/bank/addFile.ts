import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { MillraceError } from '../kit';
import type { FileFormat } from './parsed';

/** Endings that each format may have; the first is given to a file whose own says something else. */
const ENDINGS: Readonly<Record<FileFormat, readonly string[]>> = {
  csv: ['.csv', '.txt', '.tsv'],
  workbook: ['.xlsx', '.xls', '.xlsm'],
  camt: ['.xml', '.camt', '.c52', '.c53', '.c54'],
  mt940: ['.sta', '.mt940', '.940', '.mta', '.txt'],
};
const MAX_NAME = 120;
const COPIES = 1_000;

/**
 * Puts a file into the folder: whole or not at all, under a name that lies in the folder whatever the sender calls it, never over
 * another file. Gives the name. A file that is there with the same bytes is left as it is. Error: `folder_unwritable`.
 */
export async function addFile(
  folder: string,
  file: { name: string; bytes: Buffer; format: FileFormat },
): Promise<string> {
  const wanted = safeName(file.name, file.format);
  const part = join(folder, `.${randomUUID()}.part`); // hidden: no sync takes it for a statement
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(part, 'wx');
    try {
      await handle.writeFile(file.bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await named(folder, part, wanted, file.bytes);
  } catch (cause) {
    throw new MillraceError('folder_unwritable', {
      what: `The file cannot be put into the folder of bank statements: ${(cause as NodeJS.ErrnoException).code ?? 'unknown'}`,
      where: `folder ${folder}`,
      todo: 'Let the hub write there (mount the folder without :ro), or copy the file into it yourself',
      cause,
    });
  } finally {
    await rm(part, { force: true });
  }
}

/** Last part of a path of either kind, without what a file system or a shell reads as more than a letter. */
function safeName(name: string, format: FileFormat): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{C}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.~]+/, '');
  const ending = extname(plain);
  const stem =
    (ending === '' ? plain : plain.slice(0, -ending.length)).slice(0, MAX_NAME).trim() || 'statement';
  const fitting = ENDINGS[format].includes(ending.toLowerCase()) ? ending.toLowerCase() : ENDINGS[format][0];
  return `${stem}${fitting}`;
}

async function named(folder: string, part: string, wanted: string, bytes: Buffer): Promise<string> {
  const ending = extname(wanted);
  const stem = wanted.slice(0, -ending.length);
  for (let copy = 1; copy <= COPIES; copy++) {
    const name = copy === 1 ? wanted : `${stem} (${copy})${ending}`;
    const path = join(folder, name);
    const there = await readFile(path).catch(() => undefined);
    if (there?.equals(bytes)) return name;
    if (there !== undefined) continue;
    if (await isPlaced(part, path)) return name;
  }
  throw new Error('too many files of one name');
}

/** A link fails where a file is by now; a file system without links gets a rename. */
async function isPlaced(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    await rename(part, path);
    return true;
  }
}
