import type { ClientBase, Pool, PoolClient } from 'pg';
import { MillraceError, messageOf, type Stream } from '../../connectors/kit';
import { type MigrateOptions, migrate } from '../migrate';
import { prepareStream } from '../prepareStream';
import { reconcile } from '../reconcile';
import { lockStream } from '../streamLock';
import {
  type AlsoInBatch,
  type Batch,
  type Column,
  type Counts,
  type Dialect,
  type ReconcileRequest,
  type ReconcileResult,
  rawTable,
  type Row,
  type Session,
  type StreamState,
  type TransactionOptions,
  type Value,
  type Warehouse,
} from '../warehouse';
import { analyzeGrown } from './analyze';
import { Checker, type CheckerOptions } from './checker';
import { checkServer, openPool, placeOf } from './connect';
import { postgresDialect } from './dialect';
import { explained, isConflict, unusable } from './errors';
import { checkForCopy, loadBatch, removeFiles } from './loadBatch';
import { checkNames, prepareKey } from './prepareKey';
import { PgSession } from './session';

export interface PostgresOptions extends CheckerOptions {
  /** postgres://user:password@host:port/database; it never appears in an error. */
  url: string;
  /** Connections for readers, and as many for writers. */
  connections?: number;
  migrations?: MigrateOptions;
}

/**
 * For work in turns, which reads whole tables: the planner knows little of what a CTE gives, takes it for one row and loops
 * over another thousands of times (hours instead of seconds). A hash join is never far from the best here.
 */
const FOR_BUILDS = "set local enable_nestloop = off; set local work_mem = '64MB'";

/** How often a transaction that gave way to another one is run again. */
const ATTEMPTS = 5;

/**
 * The warehouse in a Postgres database, for several processes at once. Readers never wait; writers wait where they touch
 * the same stream or take the same turn.
 * Errors: `warehouse_unusable` when the server, the database or the user will not do; `warehouse_lost` when the server
 * went away, which a retry survives: what was not committed is not there.
 */
export class PostgresWarehouse implements Warehouse {
  readonly dialect: Dialect;
  /** With the password: for readers in the same process (Cube's driver) that keep their own connections. */
  readonly url: string;
  private readonly place: string;
  private readonly readers: Pool;
  /** Apart from the readers, so that work inside a transaction that reads outside of it cannot wait for itself. */
  private readonly writers: Pool;
  private readonly checker: Checker;
  private readonly reader: PgSession;

  private constructor(options: PostgresOptions) {
    const { url, connections = 8 } = options;
    this.url = url;
    this.place = placeOf(url);
    this.readers = openPool(url, connections);
    this.writers = openPool(url, connections);
    this.checker = new Checker(options);
    this.dialect = postgresDialect(this.checker);
    this.reader = new PgSession((work) => onClient(this.readers, work), this.place);
  }

  static async open(options: PostgresOptions): Promise<PostgresWarehouse> {
    const warehouse = new PostgresWarehouse(options);
    try {
      await checkServer(warehouse.readers, warehouse.place);
      await migrate(warehouse, options.migrations);
      return warehouse;
    } catch (error) {
      await warehouse.close();
      throw unusable(error, warehouse.place);
    }
  }

  async run(sql: string, values: readonly Value[] = []): Promise<void> {
    await this.transaction((session) => session.run(sql, values));
  }

  /** A reader that met a swap of tables in the wrong order gave way, and reads again. */
  async rows(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    try {
      return await this.reader.rows(sql, values);
    } catch (error) {
      if (!isConflict(causeOf(error))) throw error;
      return this.reader.rows(sql, values);
    }
  }

  columnsOf(select: string): Promise<Column[]> {
    return this.reader.columnsOf(select);
  }

  copyCsv(copy: string, file: string): Promise<void> {
    return this.onWriter((session) => session.copyCsv(copy, file));
  }

  async transaction<T>(
    work: (session: Session) => Promise<T>,
    { turn }: TransactionOptions = {},
  ): Promise<T> {
    return this.onWriter((session) => work(session), turn);
  }

  async prepareStream(connection: string, stream: Stream): Promise<void> {
    checkNames(connection, stream);
    return this.transaction(async (session) => {
      await session.run("select pg_advisory_xact_lock(hashtext('millrace.prepare'), hashtext(?))", [
        `${connection}.${stream.name}`,
      ]);
      await prepareStream(session, connection, stream);
      await prepareKey(session, connection, stream);
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

  async loadBatch(batch: Batch, also?: AlsoInBatch): Promise<Counts> {
    const checked = await checkForCopy(this.checker, batch);
    try {
      return await this.onWriter(async (session) => {
        await lockStream(session, batch.connection, batch.stream.name);
        const counts = await loadBatch(session, batch, checked, also);
        await analyzeGrown(
          session,
          rawTable(batch.connection, batch.table ?? batch.stream.name),
          checked.checked.clean,
        );
        return counts;
      });
    } finally {
      await removeFiles(checked);
    }
  }

  reconcile(request: ReconcileRequest): Promise<ReconcileResult> {
    return this.transaction((session) => reconcile(session, this.dialect, request));
  }

  /** SQL over one connection of its own, for what keeps a transaction open while others go on (a backup's snapshot). */
  connected<T>(work: (session: PgSession) => Promise<T>): Promise<T> {
    return onClient(this.readers, (client) => work(new PgSession((use) => use(client), this.place)));
  }

  async close(): Promise<void> {
    await Promise.all([this.readers.end(), this.writers.end()]);
    await this.checker.close();
  }

  private async onWriter<T>(work: (session: PgSession) => Promise<T>, turn?: string): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await onClient(this.writers, (client) =>
          inTurn(client, turn, () => this.attempt(client, work, turn)),
        );
      } catch (error) {
        const isAgain = isConflict(causeOf(error));
        if (!isAgain || attempt === ATTEMPTS) throw explained(error, this.place);
      }
    }
  }

  private async attempt<T>(
    client: ClientBase,
    work: (session: PgSession) => Promise<T>,
    turn: string | undefined,
  ): Promise<T> {
    const session = new PgSession((use) => use(client), this.place);
    await client.query(turn === undefined ? 'begin' : `begin isolation level repeatable read; ${FOR_BUILDS}`);
    try {
      const result = await work(session);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined); // a lost connection has rolled back already
      throw error;
    }
  }
}

/** What Postgres said, under our words. */
const causeOf = (error: unknown) => (error instanceof MillraceError ? (error.cause ?? error) : error);

/** The turn is taken before the transaction begins: what it then sees holds everything that the last one committed. */
async function inTurn<T>(client: ClientBase, turn: string | undefined, work: () => Promise<T>): Promise<T> {
  if (turn === undefined) return work();
  await client.query("select pg_advisory_lock(hashtext('millrace.turn'), hashtext($1))", [turn]);
  try {
    return await work();
  } finally {
    await client
      .query("select pg_advisory_unlock(hashtext('millrace.turn'), hashtext($1))", [turn])
      .catch(() => undefined); // a lost connection has given it back already
  }
}

async function onClient<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client: PoolClient = await pool.connect();
  let broken: Error | undefined;
  const note = (error: Error) => void (broken = error);
  client.on('error', note); // without a listener a connection that dies between two statements ends the process
  try {
    return await work(client);
  } catch (error) {
    if (/terminat|connection|not queryable/i.test(messageOf(error))) broken ??= new Error('lost');
    throw error;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}
