import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { countOf, linesOf, type Records } from '../connectors/kit';

/** One spool file: records on their way from a page to a batch. Append only; removed when its batch is committed. */
export class Spool {
  rows = 0;
  bytes = 0;
  readonly file: string;
  private readonly handle: FileHandle;

  private constructor(file: string, handle: FileHandle) {
    this.file = file;
    this.handle = handle;
  }

  static async create(folder: string, name: string): Promise<Spool> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${name}.ndjson`);
    return new Spool(file, await open(file, 'w'));
  }

  async append(records: Records): Promise<void> {
    const lines = linesOf(records);
    await this.handle.write(lines);
    this.rows += countOf(records);
    this.bytes += lines.length;
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
