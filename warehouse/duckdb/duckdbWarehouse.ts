import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { MillraceError, messageOf, type Stream } from '../../connectors/kit';
import { type MigrateOptions, migrate } from '../migrate';
import { prepareStream } from '../prepareStream';
import { reconcile } from '../reconcile';
import { Turns } from '../turns';
import {
  type AlsoInBatch,
  type Batch,
  type Counts,
  type ReconcileRequest,
  type ReconcileResult,
  type Row,
  type Session,
  type StreamState,
  type Value,
  type Warehouse,
} from '../warehouse';
import { duckDbDialect } from './dialect';
import { explained } from './explained';
import { loadBatch } from './loadBatch';
import { DuckDbSession } from './session';

export interface DuckDbOptions {
  /** Path of the warehouse file; `:memory:` for tests. */
  file: string;
  /** DuckDB's own memory; without a limit it takes what it finds. */
  memoryLimit?: string;
  threads?: number;
  migrations?: MigrateOptions;
}

/**
 * The warehouse in one DuckDB file. One process owns the file; inside it writers take turns, readers never wait.
 * Errors: `warehouse_unusable` when the file is locked, damaged or its folder read-only.
 */
export class DuckDbWarehouse implements Warehouse {
  readonly dialect = duckDbDialect;
  /** For readers in the same process (Cube's driver) that keep their own connections. */
  readonly instance: DuckDBInstance;
  private readonly writer: DuckDbSession;
  private readonly readers: DuckDbSession[] = [];
  private readonly turns = new Turns();
  private readonly file: string;

  private constructor(instance: DuckDBInstance, writer: DuckDbSession, file: string) {
    this.instance = instance;
    this.writer = writer;
    this.file = file;
  }

  static async open({
    file,
    memoryLimit = '400MB',
    threads,
    migrations,
  }: DuckDbOptions): Promise<DuckDbWarehouse> {
    const options = {
      memory_limit: memoryLimit,
      // By default a checkpoint may write a whole table anew because a few of its rows were replaced; so it mends a part each time.
      max_vacuum_tasks: '2',
      ...(threads && { threads: String(threads) }),
    };
    let instance: DuckDBInstance;
    try {
      instance = await DuckDBInstance.create(file, options);
    } catch (cause) {
      throw unusable(file, cause);
    }
    await rm(`${file}.tmp`, { recursive: true, force: true }); // what a killed process had spilled; the file is ours now
    const writer = await connect(instance);
    const warehouse = new DuckDbWarehouse(instance, writer, file);
    try {
      await migrate(warehouse, migrations);
    } catch (error) {
      await warehouse.close(); // whoever asked may open it in another way
      throw error;
    }
    return warehouse;
  }

  run(sql: string, values: readonly Value[] = []): Promise<void> {
    return this.turns
      .take(() => this.writer.run(sql, values))
      .catch((error: unknown) => {
        throw explained(error, this.file);
      });
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
      try {
        await this.writer.run('begin transaction');
        const result = await work(this.writer);
        await this.writer.run('commit');
        return result;
      } catch (error) {
        await this.writer.run('rollback').catch(() => undefined); // a failed commit has rolled back already
        throw explained(error, this.file);
      }
    });
  }

  prepareStream(connection: string, stream: Stream): Promise<void> {
    return this.transaction((session) => prepareStream(session, connection, stream));
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

  loadBatch(batch: Batch, also?: AlsoInBatch): Promise<Counts> {
    return this.transaction((session) => loadBatch(session, batch, also));
  }

  reconcile(request: ReconcileRequest): Promise<ReconcileResult> {
    return this.transaction((session) => reconcile(session, this.dialect, request));
  }

  async close(): Promise<void> {
    await this.turns.take(async () => {
      for (const reader of this.readers.splice(0)) reader.close();
      await this.writer.run('checkpoint').catch(() => undefined); // a reader may still hold an old version
      this.writer.close();
    });
    this.instance.closeSync();
  }
}

async function connect(instance: DuckDBInstance): Promise<DuckDbSession> {
  const session = new DuckDbSession(await instance.connect());
  await session.run("set TimeZone = 'UTC'"); // a text without a zone means UTC, wherever the machine stands
  return session;
}

function unusable(file: string, cause: unknown): MillraceError {
  const message = messageOf(cause);
  const where = `file ${file}`;
  if (/\block\b/i.test(message)) {
    return new MillraceError('warehouse_unusable', {
      what: 'The warehouse file is locked by another process',
      where,
      todo: 'Another process has the warehouse open: stop it, or let it do the work (commands go to a running hub by themselves)',
      cause,
    });
  }
  if (/newer version of DuckDB/.test(message)) {
    return new MillraceError('warehouse_unusable', {
      what: 'The warehouse file was written by a newer version of DuckDB',
      where,
      todo: 'Install the version of Millrace that wrote it or a later one; to go back, restore a backup into a new folder: npx millrace restore <backup> --data <new folder>',
      cause,
    });
  }
  return new MillraceError('warehouse_unusable', {
    what: 'The warehouse file cannot be opened',
    where,
    todo: 'Check that the folder exists, is writable and has free space; restore the file from a backup if it is damaged',
    cause,
  });
}
