import { quoted, type Row } from '../warehouse';
import type { TableShape } from './snapshot';

export const place = ({ schema, name }: TableShape): string => `${quoted(schema)}.${quoted(name)}`;

/** With its NOT NULLs and its key, unless it stands already. */
export function createTable(table: TableShape, typeOf: (type: string) => string): string {
  const columns = table.columns.map(
    ({ name, type, isRequired }) => `${quoted(name)} ${typeOf(type)}${isRequired ? ' not null' : ''}`,
  );
  const key = table.key.length > 0 ? [`primary key (${table.key.map(quoted).join(', ')})`] : [];
  return `create table if not exists ${place(table)} (${[...columns, ...key].join(', ')})`;
}

/** Rows of columns in table order, and of key columns in key order. */
export function shapes(columns: readonly Row[], keys: readonly Row[]): TableShape[] {
  const tables = new Map<string, TableShape>();
  for (const row of columns) {
    const [schema, name] = [String(row.schema_name), String(row.table_name)];
    const table = tables.get(`${schema}.${name}`) ?? { schema, name, columns: [], key: [] };
    table.columns.push({
      name: String(row.column_name),
      type: String(row.data_type),
      isRequired: row.is_nullable === false,
    });
    tables.set(`${schema}.${name}`, table);
  }
  for (const row of keys)
    tables.get(`${String(row.schema_name)}.${String(row.table_name)}`)?.key.push(String(row.column_name));
  return [...tables.values()];
}
