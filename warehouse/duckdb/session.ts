import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Row, Session, Value } from '../warehouse';

/** SQL over one DuckDB connection. Decimals, 64-bit integers, dates and times come back as exact text. */
export class DuckDbSession implements Session {
  private readonly connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  async run(sql: string, values: readonly Value[] = []): Promise<void> {
    await this.connection.run(sql, values as DuckDBValue[]);
  }

  async rows(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql, values as DuckDBValue[]);
    return reader.getRowObjectsJson() as Row[];
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
  }
}
