import type { ParsedSql, SqlNode } from '../sqlParser';

/** A place in a statement where a table with a schema is read. */
export interface TableRead {
  /** Qualified: core.customer. */
  table: string;
  /** Its alias, '' without one. */
  alias: string;
  /** Where its name begins, in bytes of UTF-8. */
  location: number;
}

export const isNode = (value: unknown): value is SqlNode =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const nodesIn = (value: unknown): SqlNode[] => (Array.isArray(value) ? value.filter(isNode) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

/** Visits a node and all below it, from the outside in. */
export function visit(value: unknown, see: (node: SqlNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isNode(value)) {
    see(value);
    for (const below of Object.values(value)) visit(below, see);
  }
}

/** The tables that a SELECT reads; CTEs have no schema and are left out. */
export function tablesRead({ query }: ParsedSql): TableRead[] {
  const found: TableRead[] = [];
  visit(query, (node) => {
    const schema = textOf(node.schema_name);
    const table = textOf(node.table_name);
    if (node.type !== 'BASE_TABLE' || schema === '' || table === '') return;
    found.push({
      table: `${schema}.${table}`.toLowerCase(), // as both engines read names without quotes

      alias: textOf(node.alias),
      location: Number(node.query_location),
    });
  });
  return found;
}

/** The functions that a SELECT calls, in lower case. */
export function functionsCalled({ query }: ParsedSql): Set<string> {
  const found = new Set<string>();
  visit(query, (node) => {
    if (node.class === 'FUNCTION') found.add(textOf(node.function_name).toLowerCase());
  });
  return found;
}

/**
 * The statement with other tables in the place of some, at the places the parser names: so neither texts nor comments are
 * touched. Columns go on to be written with the table's own name, which becomes the alias.
 */
export function withTables(parsed: ParsedSql, replaced: ReadonlyMap<string, string>): string {
  const bytes = Buffer.from(parsed.sql, 'utf8');
  const parts: string[] = [];
  let from = 0;
  const places = tablesRead(parsed)
    .filter(({ table }) => replaced.has(table))
    .sort((one, other) => one.location - other.location);
  for (const { table, alias, location } of places) {
    const written =
      /^("?)\w+\1\s*\.\s*("?)\w+\2/.exec(bytes.toString('utf8', location, location + 200))?.[0] ?? '';
    if (written.replace(/["\s]/g, '').toLowerCase() !== table)
      throw new Error(`${table} is not written where the parser found it`);
    const name = table.slice(table.indexOf('.') + 1);
    parts.push(
      bytes.toString('utf8', from, location),
      replaced.get(table) ?? '',
      alias === '' ? ` as ${name}` : '',
    );
    from = location + Buffer.byteLength(written);
  }
  parts.push(bytes.toString('utf8', from));
  return parts.join('');
}
