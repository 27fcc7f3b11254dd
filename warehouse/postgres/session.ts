import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ClientBase, QueryResult } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Column, Row, Session, Value } from '../warehouse';
import { explained } from './errors';
import { numbered } from './placeholders';

/** Takes a connection for one piece of work and gives it back. */
export type WithClient = <T>(work: (client: ClientBase) => Promise<T>) => Promise<T>;

/** SQL over Postgres: over one connection inside a transaction, over any free one outside. */
export class PgSession implements Session {
  private readonly withClient: WithClient;
  private readonly place: string;

  /** `place` names the server in errors. */
  constructor(withClient: WithClient, place: string) {
    this.withClient = withClient;
    this.place = place;
  }

  async run(sql: string, values: readonly Value[] = []): Promise<void> {
    await this.query(sql, values);
  }

  async rows(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    return (await this.query(sql, values)).rows;
  }

  /** Names and types of the columns that a SELECT gives; it fetches none. */
  async columnsOf(select: string): Promise<Column[]> {
    const { fields } = await this.query(`select * from (${select}\n) as selected limit 0`, []);
    if (fields.length === 0) return [];
    const types = fields
      .map(({ dataTypeID, dataTypeModifier }) => `format_type(${dataTypeID}, ${dataTypeModifier})`)
      .join(', ');
    const rows = await this.rows(`select unnest(array[${types}]) as type`);
    return fields.map(({ name }, index) => ({ name, type: String(rows[index]?.type) }));
  }

  /** Fills a table from a CSV file by COPY. */
  async copyCsv(copy: string, file: string): Promise<void> {
    await this.with(async (client) => {
      await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), client.query(copyFrom(copy)));
    });
  }

  /** Writes what COPY … TO STDOUT gives into a file. */
  async copyOut(copy: string, file: string): Promise<void> {
    await this.with(async (client) => {
      await pipeline(client.query(copyTo(copy)), createWriteStream(file));
    });
  }

  /** Without values the text may hold several statements; with values it is one. */
  private query(sql: string, values: readonly Value[]): Promise<QueryResult<Row>> {
    return this.with(async (client) => {
      if (values.length > 0) return client.query<Row>(numbered(sql), [...values]);
      const result: QueryResult<Row> | QueryResult<Row>[] = await client.query<Row>(sql);
      return Array.isArray(result) ? lastOf(result as QueryResult<Row>[]) : result;
    });
  }

  private async with<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    try {
      return await this.withClient(work);
    } catch (error) {
      throw explained(error, this.place);
    }
  }
}

function lastOf(results: QueryResult<Row>[]): QueryResult<Row> {
  const last = results[results.length - 1];
  if (!last) throw new Error('Postgres gave no result');
  return last;
}
