import { quoted, type Row, type Warehouse } from '../../warehouse';

/** What says when something was read, built or how long it took, and so cannot be equal. All other columns are compared. */
const TIMES: Record<string, readonly string[]> = {
  raw: ['_extracted_at', '_first_extracted_at', '_seen_at'],
  quarantine: ['first_seen_at', 'last_seen_at', 'resolved_at'],
  core: ['known_at'],
  marts: ['frozen_at', 'known_at', 'computed_at'],
  seeds: [],
  staging: [],
  ops: ['known_at', 'frozen_at'],
  meta: [
    'updated_at',
    'noted_at',
    'started_at',
    'ended_at',
    'known_at',
    'built_at',
    'seconds',
    'tested_at',
    'applied_at',
    'first_seen_at',
    'last_seen_at',
    'listed_at',
    'previewed_at',
    'created_at',
  ],
};

interface Table {
  schema: string;
  name: string;
  columns: string[];
}

const SHOWN = 3;

/** Tables, columns, comments and rows in which two warehouses differ, in words; none when they hold the same. */
export async function differences(one: Warehouse, other: Warehouse): Promise<string[]> {
  const [ones, others] = [await tablesOf(one), await tablesOf(other)];
  const names = (tables: readonly Table[]) => tables.map(describe);
  const found = listDifferences('tables', names(ones), names(others));
  const both = ones.filter((table) => names(others).includes(describe(table)));
  for (const table of both) found.push(...(await rowDifferences(one, other, table)));
  found.push(...listDifferences('comments', await commentsOf(one), await commentsOf(other)));
  return found;
}

/** Number of rows that {@link differences} compares, by schema: a test that compares nothing would find no difference. */
export async function rowsBySchema(warehouse: Warehouse): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tablesOf(warehouse)) {
    const [row] = await warehouse.rows(`select count(*) as n from ${nameOf(table)}`);
    counts[table.schema] = (counts[table.schema] ?? 0) + Number(row?.n);
  }
  return counts;
}

const nameOf = ({ schema, name }: Table) => `${schema}.${quoted(name)}`;
const describe = (table: Table) => `${nameOf(table)} (${table.columns.join(', ')})`;

async function tablesOf(warehouse: Warehouse): Promise<Table[]> {
  const rows = await warehouse.rows(
    `select table_schema, table_name, column_name from information_schema.columns
     where table_schema in (${Object.keys(TIMES)
       .map((schema) => `'${schema}'`)
       .join(', ')})
     order by table_schema, table_name, ordinal_position`,
  );
  const tables = new Map<string, Table>();
  for (const row of rows) {
    const table = { schema: String(row.table_schema), name: String(row.table_name), columns: [] as string[] };
    const known = tables.get(nameOf(table)) ?? table;
    known.columns.push(String(row.column_name));
    tables.set(nameOf(known), known);
  }
  return [...tables.values()];
}

async function rowDifferences(one: Warehouse, other: Warehouse, table: Table): Promise<string[]> {
  const compared = table.columns.filter((column) => !TIMES[table.schema]?.includes(column));
  if ((await fingerprint(one, table, compared)) === (await fingerprint(other, table, compared))) return [];
  const sql = `select ${compared.map(quoted).join(', ')} from ${nameOf(table)}`;
  const lines = async (warehouse: Warehouse) => (await warehouse.rows(sql)).map((row) => lineOf(row));
  const [ones, others] = [await lines(one), await lines(other)];
  return listDifferences(`rows of ${nameOf(table)}`, ones, others);
}

/**
 * Number of rows and the sum of the first 60 bits of each row's MD5: equal ones save reading millions of rows. Where an engine
 * writes a value in another way (1 and 1.0) they differ, and the rows themselves are compared.
 */
async function fingerprint(warehouse: Warehouse, table: Table, columns: readonly string[]): Promise<string> {
  const texts = columns.map((column) => `coalesce(cast(${quoted(column)} as varchar), chr(30))`).join(', ');
  const [row] = await warehouse.rows(
    `select count(*) as n, sum(hex_number(substr(md5(concat_ws(chr(31), ${texts})), 1, 15))) as total from ${nameOf(table)}`,
  );
  return JSON.stringify(row);
}

/** A text and not the object: numbers as numbers, so that 1.50 and 1.5 differ. */
const lineOf = (row: Row) => JSON.stringify(row);

function listDifferences(what: string, ones: readonly string[], others: readonly string[]): string[] {
  const onlyOne = without(ones, others);
  const onlyOther = without(others, ones);
  const some = (lines: readonly string[]) => [...lines].sort().slice(0, SHOWN).join('\n    ');
  return [
    ...(onlyOne.length > 0 ? [`${what}: ${onlyOne.length} only in the first:\n    ${some(onlyOne)}`] : []),
    ...(onlyOther.length > 0
      ? [`${what}: ${onlyOther.length} only in the second:\n    ${some(onlyOther)}`]
      : []),
  ];
}

/** With their multiplicity. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}

const COMMENTS = {
  duckdb: `select schema_name || '.' || table_name as place, comment from duckdb_tables() where comment is not null
    union all select schema_name || '.' || table_name || '.' || column_name, comment from duckdb_columns() where comment is not null and not internal`,
  postgres: `select nspname || '.' || relname || coalesce('.' || attname, '') as place, description as comment
    from pg_description join pg_class on pg_class.oid = objoid and classoid = 'pg_class'::regclass join pg_namespace on pg_namespace.oid = relnamespace
      left join pg_attribute on attrelid = objoid and attnum = objsubid and objsubid > 0
    where nspname in ('raw', 'core', 'marts', 'seeds', 'ops', 'meta', 'quarantine') and relkind = 'r'`,
};

async function commentsOf(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.rows(COMMENTS[warehouse.dialect.engine]);
  return rows.map((row) => `${String(row.place)}: ${String(row.comment)}`);
}
