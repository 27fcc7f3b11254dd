import { DuckDBInstance } from '@duckdb/node-api';
import type { Field, Stream } from '../../connectors/kit';
import { ruleOf } from '../../warehouse/check/columns';
import { DuckDbSession } from '../../warehouse/duckdb/session';
import { literal, quoted } from '../../warehouse/warehouse';

export const MEMORY_LIMIT = '400MB';

export interface EngineTable {
  /** Merges the records of a file into the table. */
  merge(file: string): Promise<void>;
  count(): Promise<number>;
  close(): void;
}

/**
 * What DuckDB alone needs: its own reader with the contract's types, MERGE INTO by key, in any order of rows, under the same
 * memory limit. It neither checks nor looks for duplicates, so it is the least that a merge of these rows can cost.
 * `isWhole`: into the same table as the loader's, with key, hash, times and the like, which the loader must write too.
 */
export async function openEngine(
  databaseFile: string,
  stream: Stream,
  format: 'json' | 'csv' | 'parquet',
  isWhole: boolean,
): Promise<EngineTable> {
  const instance = await DuckDBInstance.create(databaseFile, { memory_limit: MEMORY_LIMIT });
  const session = new DuckDbSession(await instance.connect());
  await session.run('set preserve_insertion_order = false');
  const { fields } = stream;
  const system = isWhole ? systemColumns(fields) : [];
  const columns = [
    ...system.map(([name, type]) => `${name} ${type}`),
    ...fields.map(({ column, kind }) => `${quoted(column)} ${ruleOf(kind).type}`),
  ];
  await session.run(`create table orders (${columns.join(', ')})`);
  return {
    merge: (file) =>
      session.run(
        `merge into orders using (select ${[...system.map(([name, , value]) => `${value} as ${name}`), '*'].join(', ')}
           from ${readerOf(file, format, fields)}) as fresh on orders.id = fresh.id
         when matched then update when not matched then insert`,
      ),
    async count() {
      const [row] = await session.rows('select count(*) as n from orders');
      return Number(row?.n);
    },
    close() {
      session.close();
      instance.closeSync();
    },
  };
}

function systemColumns(fields: readonly Field[]): [name: string, type: string, value: string][] {
  const all = fields.map(({ column }) => quoted(column)).join(', ');
  return [
    ['_source_id', 'varchar', 'id'],
    ['_connection', 'varchar', "'bench'"],
    ['_sync_id', 'varchar', "'bench'"],
    ['_extracted_at', 'timestamp', "timezone('UTC', now())"],
    ['_first_extracted_at', 'timestamp', "timezone('UTC', now())"],
    ['_row_hash', 'varchar', `format('{:016x}', hash(${all}))`],
    ['_extra', 'json', 'cast(null as json)'],
    ['_deleted_at', 'timestamp', 'cast(null as timestamp)'],
  ];
}

function readerOf(file: string, format: 'json' | 'csv' | 'parquet', fields: readonly Field[]): string {
  const types = fields
    .map(({ name, kind }) => `${quoted(name)}: '${ruleOf(kind).type.toUpperCase()}'`)
    .join(', ');
  switch (format) {
    case 'json':
      return `read_json(${literal(file)}, format = 'newline_delimited', columns = {${types}})`;
    case 'csv':
      return `read_csv(${literal(file)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${types}})`;
    case 'parquet':
      return `read_parquet(${literal(file)})`;
  }
}
