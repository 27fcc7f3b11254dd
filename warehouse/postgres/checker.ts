import { isRunning } from '../isRunning';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckDbSession } from '../duckdb/session';
import { Turns } from '../turns';
import { type Column, literal, quoted, type Session } from '../warehouse';

export interface CheckerOptions {
  /** Where batches wait between the engines; a folder of its own is made in it and removed. Default: the system's. */
  workFolder?: string;
  /** Of the DuckDB that checks. */
  memoryLimit?: string;
  threads?: number;
}

/** A table of the checker on its way to Postgres. */
export interface ExportedTable {
  name: string;
  columns: Column[];
  file: string;
}

/**
 * A DuckDB in memory that checks batches and reads files for the Postgres warehouse, so that both engines check with the
 * same SQL (DESIGN section 4). One piece of work at a time: its memory is bounded.
 */
export class Checker {
  private readonly turns = new Turns();
  private readonly folder: string;
  private readonly options: CheckerOptions;
  private opened: Promise<{ instance: DuckDBInstance; session: DuckDbSession }> | undefined;
  private exports = 0;

  constructor(options: CheckerOptions) {
    this.options = options;
    this.folder = makeFolder(options.workFolder ?? tmpdir());
  }

  /** Work on the checker's own connection. */
  run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.turns.take(async () => work((await this.open()).session));
  }

  /** Writes tables as CSV that {@link copyTables} reads; NULL is nothing, text is always quoted. */
  async export(session: Session, tables: readonly string[]): Promise<ExportedTable[]> {
    const folder = join(this.folder, String(++this.exports));
    await mkdir(folder);
    const exported: ExportedTable[] = [];
    for (const name of tables) {
      const described = await session.rows(`describe ${quoted(name)}`);
      const columns = described.map((row) => ({
        name: String(row.column_name),
        type: String(row.column_type),
      }));
      const file = join(folder, `${name}.csv`);
      const texts = columns.filter(({ type }) => type === 'VARCHAR' || type === 'JSON');
      const quotes =
        texts.length === 0 ? '' : `, force_quote (${texts.map((column) => quoted(column.name)).join(', ')})`;
      await session.run(
        `copy ${quoted(name)} to ${literal(file)} (format csv, header false, nullstr '', delimiter ',', quote '"', escape '"'${quotes})`,
      );
      exported.push({ name, columns, file });
    }
    return exported;
  }

  async close(): Promise<void> {
    await this.turns.take(async () => {
      const opened = await this.opened;
      opened?.session.close();
      opened?.instance.closeSync();
      await rm(this.folder, { recursive: true, force: true });
    });
  }

  private open() {
    const { memoryLimit = '400MB', threads } = this.options;
    this.opened ??= DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      temp_directory: join(this.folder, 'spill'),
      ...(threads && { threads: String(threads) }),
    }).then(async (instance) => {
      const session = new DuckDbSession(await instance.connect());
      await session.run("set TimeZone = 'UTC'");
      return { instance, session };
    });
    return this.opened;
  }
}

const PREFIX = `millrace-check-${hostname()}-`;

/** A folder of this process; those that killed ones left on this machine are removed. */
function makeFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (pid > 0 && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
}
