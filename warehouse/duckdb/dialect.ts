import type { Stream } from '../../connectors/kit';
import { type Column, type Dialect, literal, quoted, type Session } from '../warehouse';

export const duckDbDialect: Dialect = {
  engine: 'duckdb',

  async columnsOf(session: Session, select: string): Promise<Column[]> {
    const rows = await session.rows(`describe ${select}`);
    return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  },

  defineConstant: (session, name, type, value) =>
    session.run(`create or replace macro ${name}() as cast(${literal(value)} as ${type})`),

  async loadCsv(session, table, columns, file) {
    const list = columns
      .map(({ name, type }) => `cast(${quoted(name)} as ${type}) as ${quoted(name)}`)
      .join(', ');
    await session.run(
      `insert into ${table} select ${list} from read_csv(${literal(file)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
    );
  },

  async replaceView(session, name, select) {
    await session.run(`drop view if exists ${name}`);
    await session.run(`create view ${name} as ${select}`);
  },

  async createKeyTable(session: Session, stream: Stream, file: string) {
    await session.run(`create or replace temp table vendor_key as ${vendorKeys(stream, file)}`);
  },

  async throughDuckDb(session, { source, select, table }) {
    await session.run(`create or replace temp table ${quoted(table)} as ${select(`(${source}\n)`)}`);
  },
};

/** SELECT of the keys in a key file, in the form of _source_id. */
export function vendorKeys({ key }: Stream, file: string): string {
  const columns = key.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  const sourceId = `concat_ws('|', ${key.map((name) => `coalesce(${quoted(name)}, '')`).join(', ')})`;
  return `select distinct ${sourceId} as _source_id from read_json(${literal(file)}, format = 'newline_delimited', columns = {${columns}})`;
}
