import { DuckDbSession } from '../duckdb/session';
import type { DuckDbWarehouse } from '../duckdb/duckdbWarehouse';
import { literal, quoted, type Row, type Session, type Value } from '../warehouse';
import { duckDbType, fromFile, parquetCopy } from './fileTypes';
import { fingerprintOf } from './parquetFiles';
import { BACKED_UP, type Filling, type Fingerprint, type Snapshot, type TableShape } from './snapshot';
import { createTable, place, shapes } from './tableSql';

/** One read transaction on a connection of its own: DuckDB keeps the old versions until it ends, writers go on. */
export async function withDuckDbSnapshot<T>(
  warehouse: DuckDbWarehouse,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const session = new DuckDbSession(await warehouse.instance.connect());
  try {
    await session.run("set TimeZone = 'UTC'");
    await session.run('begin transaction');
    await session.rows('select count(*) from meta.migration'); // a snapshot begins with the first look, not with `begin`
    const result = await work(new DuckDbTables(session));
    await session.run('commit');
    return result;
  } finally {
    session.close(); // an open transaction ends with its connection
  }
}

/** Fills an empty warehouse; the caller's session stands in a transaction. */
export const duckDbFilling = (session: Session): Filling => new DuckDbTables(session);

class DuckDbTables implements Filling {
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  run(sql: string, values?: readonly Value[]): Promise<void> {
    return this.session.run(sql, values);
  }

  rows(sql: string, values?: readonly Value[]): Promise<Row[]> {
    return this.session.rows(sql, values);
  }

  async tables(): Promise<TableShape[]> {
    const schemas = BACKED_UP.map(literal).join(', ');
    const columns = await this.rows(
      `select schema_name, table_name, column_name, data_type, is_nullable from duckdb_columns()
       where schema_name in (${schemas}) and (schema_name, table_name) in
         (select (schema_name, table_name) from duckdb_tables() where not temporary and database_name = current_database())
         and database_name = current_database()
       order by schema_name, table_name, column_index`,
    );
    const keys = await this.rows(
      `select schema_name, table_name, unnest(constraint_column_names) as column_name from duckdb_constraints()
       where constraint_type = 'PRIMARY KEY' and database_name = current_database()`,
    );
    return shapes(columns, keys);
  }

  async write(table: TableShape, file: string): Promise<number> {
    await this.run(parquetCopy(table.columns, place(table), file));
    const [written] = await this.rows(`select count(*) as n from ${place(table)}`);
    return Number(written?.n);
  }

  fingerprint(table: TableShape): Promise<Fingerprint> {
    return fingerprintOf(this.session, table.columns, place(table));
  }

  async create(table: TableShape): Promise<void> {
    await this.run(createTable(table, duckDbType));
  }

  async fill(table: TableShape, file: string): Promise<void> {
    const names = table.columns.map(({ name }) => quoted(name)).join(', ');
    await this.run(
      `insert into ${place(table)} (${names}) select ${fromFile(table.columns)} from read_parquet(${literal(file)})`,
    );
  }
}
