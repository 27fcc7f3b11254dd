import { PostgresDriver } from '@cubejs-backend/postgres-driver';

/**
 * Cube's driver over a Postgres warehouse: rows as {@link DuckDbDriver} gives them, so that a page cannot tell the engines
 * apart. Its connections can only read.
 */
export class PostgresCubeDriver extends PostgresDriver {
  constructor(url: string, queriesAtOnce: number) {
    super({
      connectionString: url,
      options: '-c default_transaction_read_only=on',
      application_name: 'millrace-cube',
      max: queriesAtOnce + 1, // one more asks for the generation
      readOnly: true,
    });
  }

  override async query<R = unknown>(sql: string, values: unknown[] = []): Promise<R[]> {
    try {
      const rows = await super.query<Record<string, unknown>>(sql, values);
      return rows.map(withNumbersAsText) as R[];
    } catch (error) {
      throw withoutRowContent(error);
    }
  }
}

/** Decimals and 64-bit integers come as text already; so that none differs, int4 and double precision do too. */
function withNumbersAsText(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) if (typeof value === 'number') row[name] = String(value);
  return row;
}

/** Class 42 names tables and columns only; all other texts may quote a row's values, and Cube passes texts on to the client. */
function withoutRowContent(error: unknown): Error {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && code.startsWith('42')) return new Error(String(message));
  const kind = typeof code === 'string' ? `SQLSTATE ${code}` : 'no answer';
  return new Error(`The warehouse could not answer this query (${kind})`);
}
