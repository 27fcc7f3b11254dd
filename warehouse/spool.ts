import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NUL_IN_JSON } from './check/nul';
import { diskFault } from './diskFault';
import { countOf, fieldsOfRecords, linesOf, type Records } from '../connectors/kit';

const WHAT = 'the spool of what is being read';

/** One spool file: records on their way from a page to a batch. Append only; removed when its batch is committed. */
export class Spool {
  rows = 0;
  bytes = 0;
  /** Bytes of the largest page: no record is larger. */
  largestPage = 0;
  /** U+0000 stands in it (check/nul.ts). */
  hasNul = false;
  readonly file: string;
  private readonly handle: FileHandle;
  private names: Set<string> | undefined = new Set();

  private constructor(file: string, handle: FileHandle) {
    this.file = file;
    this.handle = handle;
  }

  static async create(folder: string, name: string): Promise<Spool> {
    const file = join(folder, `${name}.ndjson`);
    try {
      await mkdir(folder, { recursive: true });
      return new Spool(file, await open(file, 'w'));
    } catch (error) {
      throw diskFault(error, WHAT, `file ${file}`) ?? error;
    }
  }

  /** Names at the top of the records; undefined when a page came without. */
  get fields(): string[] | undefined {
    return this.names && [...this.names];
  }

  async append(records: Records): Promise<void> {
    const lines = linesOf(records);
    try {
      await this.handle.appendFile(lines); // write() may write a part and say so only by its result
    } catch (error) {
      throw diskFault(error, WHAT, `file ${this.file}`) ?? error;
    }
    this.rows += countOf(records);
    this.bytes += lines.length;
    this.largestPage = Math.max(this.largestPage, lines.length);
    this.hasNul ||= lines.includes(NUL_IN_JSON);
    const fields = fieldsOfRecords(records);
    if (!fields) this.names = undefined;
    for (const name of fields ?? []) this.names?.add(name);
  }

  async finish(): Promise<void> {
    await this.handle.close();
  }

  async remove(): Promise<void> {
    await this.handle.close().catch(() => undefined); // closed by finish() already
    await rm(this.file, { force: true });
  }
}

/** Spool files that a killed process left; their batches were not committed and will be read again. */
export async function removeLeftSpools(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const left = names.filter((name) => name.endsWith('.ndjson'));
  for (const name of left) await rm(join(folder, name), { force: true });
  return left.length;
}
