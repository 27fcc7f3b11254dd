import { BaseDriver } from '@cubejs-backend/base-driver';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/** Cube's driver over the warehouse's own DuckDB instance: several readers beside the one writer, one copy of the data. */
export class DuckDbDriver extends BaseDriver {
  private readonly instance: DuckDBInstance;
  private readonly idle: DuckDBConnection[] = [];
  private isClosed = false;

  constructor(instance: DuckDBInstance) {
    super();
    this.instance = instance;
  }

  /** The promise carries cancel(), which Cube calls when a query is dropped or runs too long. */
  override query<R = unknown>(sql: string, values: unknown[] = []): Promise<R[]> {
    const running: { connection?: DuckDBConnection } = {};
    const rows = this.run(sql, values, running) as Promise<R[]>;
    return Object.assign(rows, { cancel: async () => running.connection?.interrupt() });
  }

  override async testConnection(): Promise<void> {
    await this.query('select 1');
  }

  /** No tables of Cube in the warehouse: pre-aggregations are off. */
  override readOnly(): boolean {
    return true;
  }

  /** Closes this driver's connections; the instance is the host's. */
  override async release(): Promise<void> {
    this.isClosed = true;
    for (const connection of this.idle.splice(0)) connection.closeSync();
  }

  private async run(
    sql: string,
    values: readonly unknown[],
    running: { connection?: DuckDBConnection },
  ): Promise<unknown[]> {
    const connection = this.idle.pop() ?? (await this.connect());
    running.connection = connection;
    try {
      return await rowsOf(connection, sql, values);
    } catch (error) {
      throw withoutRowContent(error);
    } finally {
      delete running.connection;
      if (this.isClosed) connection.closeSync();
      else this.idle.push(connection);
    }
  }

  private async connect(): Promise<DuckDBConnection> {
    const connection = await this.instance.connect();
    await connection.run("set TimeZone = 'UTC'"); // Cube casts times to TIMESTAMPTZ: the machine's zone would move them
    return connection;
  }
}

async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  values: readonly unknown[],
): Promise<unknown[]> {
  const reader = await connection.runAndReadAll(sql, values.map(toParameter) as DuckDBValue[]);
  const columns = reader.getColumnsJson(); // decimals and 64-bit integers as exact text
  const types = reader.columnTypes();
  const converted = reader.deduplicatedColumnNames().map((name, i) => {
    const convert = converterFor(String(types[i]));
    return { name, cells: (columns[i] ?? []).map((cell) => (cell === null ? null : convert(cell))) };
  });
  return Array.from({ length: reader.currentRowCount }, (_, row) =>
    Object.fromEntries(converted.map(({ name, cells }) => [name, cells[row]])),
  );
}

const toParameter = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** Numbers as text, so that none is rounded; times as ISO 8601. DuckDB writes '2025-01-31' or '2025-01-31 08:00:00.123+00'. */
function converterFor(type: string): (cell: unknown) => unknown {
  if (type === 'DATE') return (cell) => `${String(cell)}T00:00:00.000Z`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return (cell) => isoText(String(cell).replace(/([+-]\d\d)$/, '$1:00'));
  if (type.startsWith('TIMESTAMP')) return (cell) => isoText(`${String(cell)}Z`);
  return (cell) => (typeof cell === 'number' ? String(cell) : cell);
}

const isoText = (text: string): string => new Date(text.replace(' ', 'T')).toISOString();

/** These name tables and columns only; all other texts may quote a row's values, and Cube passes texts on to the client. */
const NAMES_ONLY = new Set(['Binder Error', 'Catalog Error', 'Parser Error']);

function withoutRowContent(error: unknown): Error {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const kind = /\b[A-Z]\w*(?: [A-Z]\w*)* Error\b/.exec(line)?.[0] ?? 'Error';
  return new Error(NAMES_ONLY.has(kind) ? line : `The warehouse could not answer this query (${kind})`);
}
