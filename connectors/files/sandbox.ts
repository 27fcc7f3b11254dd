import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder as a program leaves it: files come, are written anew and go away. */
export class FileFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Rows of cells as CSV, quoted where it is needed; or the content itself. */
  write(name: string, content: readonly (readonly string[])[] | Buffer | string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Array.isArray(content) ? csvOf(content as string[][]) : (content as string));
  }

  remove(name: string): void {
    rmSync(join(this.folder, name));
  }
}

const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quotedCell).join(',')}\n`).join('');

const quotedCell = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
