import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PgSession } from '../postgres/session';
import { literal, quoted, type Row, type Session, type Value } from '../warehouse';
import { fromFile, parquetCopy } from './fileTypes';
import { fingerprintOf } from './parquetFiles';
import { fromPostgres, toPostgres } from './postgresTypes';
import { BACKED_UP, type Filling, type Fingerprint, nameOf, type TableShape } from './snapshot';
import { createTable, place, shapes } from './tableSql';

/** A CSV line holds a whole row; DuckDB wants to know the longest. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Tables of Postgres in and out of Parquet files: COPY as CSV on the one side, DuckDB in memory on the other. */
export class PostgresTables implements Filling {
  private readonly session: PgSession;
  private readonly parquet: Session;
  private readonly folder: string;
  /** CSV files that stand already, by table. */
  private readonly copied = new Map<string, string>();
  private files = 0;

  constructor(session: PgSession, parquet: Session, folder: string) {
    this.session = session;
    this.parquet = parquet;
    this.folder = folder;
  }

  run(sql: string, values?: readonly Value[]): Promise<void> {
    return this.session.run(sql, values);
  }

  rows(sql: string, values?: readonly Value[]): Promise<Row[]> {
    return this.session.rows(sql, values);
  }

  tables(): Promise<TableShape[]> {
    return tablesOf(this.session);
  }

  /** Takes the rows now, over another connection of the same snapshot; what is asked of them later reads the file. */
  async copyFrom(session: PgSession, table: TableShape): Promise<void> {
    const file = join(this.folder, `table-${++this.files}.csv`);
    const names = table.columns.map(({ name }) => quoted(name)).join(', ');
    await session.copyOut(
      `copy (select ${names} from ${place(table)}) to stdout (format csv, force_quote *)`,
      file,
    );
    this.copied.set(nameOf(table), file);
  }

  async write(table: TableShape, file: string): Promise<number> {
    return this.withCsv(table, async (source) => {
      await this.parquet.run(parquetCopy(table.columns, source, file));
      const [written] = await this.parquet.rows(`select count(*) as n from read_parquet(${literal(file)})`);
      return Number(written?.n);
    });
  }

  fingerprint(table: TableShape): Promise<Fingerprint> {
    return this.withCsv(table, (source) => fingerprintOf(this.parquet, table.columns, source));
  }

  async create(table: TableShape): Promise<void> {
    await this.run(createTable(table, toPostgres));
  }

  async fill(table: TableShape, file: string): Promise<void> {
    const csv = join(this.folder, `table-${++this.files}.csv`);
    const names = table.columns.map(({ name }) => quoted(name)).join(', ');
    const texts = table.columns.filter(({ type }) => type === 'VARCHAR' || type === 'JSON');
    const quotes =
      texts.length === 0 ? '' : `, force_quote (${texts.map(({ name }) => quoted(name)).join(', ')})`;
    try {
      await this.parquet.run(
        `copy (select ${fromFile(table.columns)} from read_parquet(${literal(file)})) to ${literal(csv)} (format csv, header false, nullstr '', delimiter ',', quote '"', escape '"'${quotes})`,
      );
      await this.session.copyCsv(`copy ${place(table)} (${names}) from stdin (format csv)`, csv);
      await this.run(`analyze ${place(table)}`); // the first queries would be planned for an empty table
    } finally {
      rmSync(csv, { force: true });
    }
  }

  /** The rows as a source of DuckDB's, with the table's types. NULL is nothing, empty text is quoted. */
  private async withCsv<T>(table: TableShape, use: (source: string) => Promise<T>): Promise<T> {
    if (!this.copied.has(nameOf(table))) await this.copyFrom(this.session, table);
    const csv = this.copied.get(nameOf(table)) ?? '';
    const columns = table.columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(', ');
    try {
      return await use(
        `(select ${fromFile(table.columns)} from read_csv(${literal(csv)}, auto_detect = false, header = false, columns = {${columns}},
           delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', parallel = false,
           max_line_size = ${MAX_LINE_BYTES}, buffer_size = ${MAX_LINE_BYTES * 2}))`,
      );
    } finally {
      this.copied.delete(nameOf(table));
      rmSync(csv, { force: true });
    }
  }
}

export async function tablesOf(session: Session): Promise<TableShape[]> {
  const schemas = BACKED_UP.map(literal).join(', ');
  const columns = await session.rows(
    `select nspname as schema_name, relname as table_name, attname as column_name, not attnotnull as is_nullable,
       format_type(atttypid, atttypmod) as data_type
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
     where relkind = 'r' and nspname in (${schemas}) order by 1, 2, attnum`,
  );
  const keys = await session.rows(
    `select nspname as schema_name, relname as table_name, attname as column_name
     from pg_constraint join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
     cross join unnest(conkey) with ordinality as part(number, place)
     join pg_attribute on attrelid = conrelid and attnum = part.number
     where contype = 'p' order by 1, 2, place`,
  );
  return shapes(
    columns.map((row) => ({ ...row, data_type: fromPostgres(String(row.data_type)) })),
    keys,
  );
}
