import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { MillraceError, messageOf, type Stream } from '../../connectors/kit';
import { projectFolder } from '../projectFolder';
import { Turns } from '../turns';
import {
  type Batch,
  type Counts,
  historyTable,
  quoted,
  type ReconcileRequest,
  type ReconcileResult,
  type Row,
  rawTable,
  type Session,
  type StreamState,
  type Value,
  type Warehouse,
} from '../warehouse';
import { ruleOf } from './columns';
import { loadBatch } from './loadBatch';
import { reconcile } from './reconcile';
import { DuckDbSession } from './session';

export interface DuckDbOptions {
  /** Path of the warehouse file; `:memory:` for tests. */
  file: string;
  /** DuckDB's own memory; without a limit it takes what it finds. */
  memoryLimit?: string;
  threads?: number;
}

/** Columns that every raw table has, before those of its contract. */
const SYSTEM_COLUMNS = [
  '_source_id varchar not null',
  '_connection varchar not null',
  '_sync_id varchar not null',
  '_extracted_at timestamp not null',
  '_first_extracted_at timestamp not null',
  '_row_hash varchar not null',
  '_extra json',
  '_deleted_at timestamp',
] as const;

/**
 * The warehouse in one DuckDB file. One process owns the file; inside it writers take turns, readers never wait.
 * Errors: `warehouse_unusable` when the file is locked, damaged or its folder read-only.
 */
export class DuckDbWarehouse implements Warehouse {
  readonly engine = 'duckdb';
  /** For readers in the same process (Cube's driver) that keep their own connections. */
  readonly instance: DuckDBInstance;
  private readonly writer: DuckDbSession;
  private readonly readers: DuckDbSession[] = [];
  private readonly turns = new Turns();

  private constructor(instance: DuckDBInstance, writer: DuckDbSession) {
    this.instance = instance;
    this.writer = writer;
  }

  static async open({ file, memoryLimit = '700MB', threads }: DuckDbOptions): Promise<DuckDbWarehouse> {
    const options = { memory_limit: memoryLimit, ...(threads && { threads: String(threads) }) };
    let instance: DuckDBInstance;
    try {
      instance = await DuckDBInstance.create(file, options);
    } catch (cause) {
      throw unusable(file, cause);
    }
    const writer = await connect(instance);
    const warehouse = new DuckDbWarehouse(instance, writer);
    await warehouse.migrate();
    return warehouse;
  }

  run(sql: string, values: readonly Value[] = []): Promise<void> {
    return this.turns.take(() => this.writer.run(sql, values));
  }

  async rows(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    const reader = this.readers.pop() ?? (await connect(this.instance));
    try {
      return await reader.rows(sql, values);
    } finally {
      this.readers.push(reader);
    }
  }

  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.turns.take(async () => {
      await this.writer.run('begin transaction');
      try {
        const result = await work(this.writer);
        await this.writer.run('commit');
        return result;
      } catch (error) {
        await this.writer.run('rollback').catch(() => undefined); // a failed commit has rolled back already
        throw error;
      }
    });
  }

  async prepareStream(connection: string, stream: Stream): Promise<void> {
    const table = rawTable(connection, stream.name);
    const columns = stream.fields.map((field) => `${quoted(field.column)} ${ruleOf(field.kind).type}`);
    await this.transaction(async (session) => {
      await session.run(
        `create table if not exists ${table} (${[...SYSTEM_COLUMNS, ...columns].join(', ')})`,
      );
      for (const column of columns)
        await session.run(`alter table ${table} add column if not exists ${column}`);
      if (!stream.snapshot) return;
      const kept = stream.fields.filter((field) => stream.snapshot?.includes(field.name));
      const snapshot = kept.map((field) => `${quoted(field.column)} ${ruleOf(field.kind).type}`);
      const history = historyTable(connection, stream.name);
      await session.run(
        `create table if not exists ${history} (_source_id varchar, _seen_at timestamp, ${snapshot.join(', ')})`,
      );
    });
  }

  async streamState(connection: string, stream: string): Promise<StreamState> {
    const [row] = await this.rows(
      'select state, batch from meta.stream_state where connection = ? and stream = ?',
      [connection, stream],
    );
    if (!row) return { state: undefined, batch: 0 };
    return {
      state: row.state === null ? undefined : JSON.parse(String(row.state)),
      batch: Number(row.batch),
    };
  }

  loadBatch(batch: Batch): Promise<Counts> {
    return this.transaction((session) => loadBatch(session, batch));
  }

  reconcile(request: ReconcileRequest): Promise<ReconcileResult> {
    return this.transaction((session) => reconcile(session, request));
  }

  async close(): Promise<void> {
    await this.turns.take(async () => {
      for (const reader of this.readers.splice(0)) reader.close();
      await this.writer.run('checkpoint').catch(() => undefined); // a reader may still hold an old version
      this.writer.close();
    });
    this.instance.closeSync();
  }

  private async migrate(): Promise<void> {
    const folder = join(projectFolder, 'warehouse', 'duckdb', 'migrations');
    await this.transaction(async (session) => {
      await session.run('create schema if not exists meta');
      await session.run(
        'create table if not exists meta.migration (name varchar primary key, applied_at timestamp not null)',
      );
      const applied = new Set((await session.rows('select name from meta.migration')).map((row) => row.name));
      for (const name of readdirSync(folder).sort()) {
        if (applied.has(name)) continue;
        await session.run(readFileSync(join(folder, name), 'utf8'));
        await session.run("insert into meta.migration values (?, timezone('UTC', now()))", [name]);
      }
      await session.run(readFileSync(join(folder, '..', 'helpers.sql'), 'utf8'));
    });
  }
}

async function connect(instance: DuckDBInstance): Promise<DuckDbSession> {
  const session = new DuckDbSession(await instance.connect());
  await session.run("set TimeZone = 'UTC'"); // a text without a zone means UTC, wherever the machine stands
  return session;
}

function unusable(file: string, cause: unknown): MillraceError {
  const message = messageOf(cause);
  const isLocked = /lock/i.test(message);
  const todo = isLocked
    ? 'Another process has the warehouse open: stop it, or let it do the work (commands go to a running hub by themselves)'
    : 'Check that the folder exists, is writable and has free space; restore the file from a backup if it is damaged';
  return new MillraceError('warehouse_unusable', {
    what: isLocked
      ? 'The warehouse file is locked by another process'
      : 'The warehouse file cannot be opened',
    where: `file ${file}`,
    todo,
    cause,
  });
}
