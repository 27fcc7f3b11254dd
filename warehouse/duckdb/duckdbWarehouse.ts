import { DuckDBInstance } from '@duckdb/node-api';
import { MillraceError, messageOf, type Stream } from '../../connectors/kit';
import { migrate } from '../migrate';
import { prepareStream } from '../prepareStream';
import { reconcile } from '../reconcile';
import { Turns } from '../turns';
import {
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
import { loadBatch } from './loadBatch';
import { DuckDbSession } from './session';

export interface DuckDbOptions {
  /** Path of the warehouse file; `:memory:` for tests. */
  file: string;
  /** DuckDB's own memory; without a limit it takes what it finds. */
  memoryLimit?: string;
  threads?: number;
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
    await warehouse.transaction((session) => migrate(session, duckDbDialect));
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

  loadBatch(batch: Batch): Promise<Counts> {
    return this.transaction((session) => loadBatch(session, batch));
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
