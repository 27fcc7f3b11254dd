import { MillraceError, messageOf } from '../../connectors/kit';
import { parseSql, type Row, type SqlNode, type Warehouse } from '../../warehouse';

const MAX_ROWS = 100_000;

/**
 * One SELECT over the warehouse. Anything that would write, attach or read a file of the machine is refused: by its text on both
 * engines, on Postgres besides by a transaction that can only read and by a database user who is no superuser.
 */
export async function readOnlySql(warehouse: Warehouse, sql: string): Promise<Row[]> {
  const statement = sql.trim().replace(/;\s*$/, '');
  const isPostgres = warehouse.dialect.engine === 'postgres';
  await mustOnlyRead(warehouse, statement);
  const bounded = `select * from (${statement}\n) as result limit cast(? as bigint)`; // with a bound value it is one statement
  try {
    if (!isPostgres) return await warehouse.rows(bounded, [MAX_ROWS]);
    return await warehouse.transaction(async (session) => {
      await session.run('set transaction read only');
      return session.rows(bounded, [MAX_ROWS]);
    });
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw new MillraceError('bad_request', { what: messageOf(error), todo: 'Correct the SQL' });
  }
}

async function mustOnlyRead(warehouse: Warehouse, statement: string): Promise<void> {
  const { query } = await parseSql(statement).catch((error: unknown) => {
    throw refused(messageOf(error));
  });
  const found = find(query, (node) => readsFile(node) ?? isElsewhere(node) ?? reachesFar(node));
  if (found) throw refused(`${found} reaches outside of the warehouse`);
  if (/\bu&\s*["']/i.test(statement)) throw refused('a name or text written as U& hides what it is'); // Postgres decodes it, the parser does not
  if (warehouse.dialect.engine === 'postgres') await mustNotAct(warehouse, functionsIn(query));
}

/** Whatever reads a file, waits, or changes a setting is volatile by its own declaration, also what an extension brings. */
async function mustNotAct(warehouse: Warehouse, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const [row] = await warehouse.rows(
    `select min(proname) as name from pg_proc where provolatile = 'v' and proname in (${names.map(() => '?').join(', ')})
       and proname not in ('random', 'clock_timestamp', 'gen_random_uuid', 'setseed')`,
    names,
  );
  if (typeof row?.name === 'string') throw refused(`${row.name} does more than compute`);
}

function functionsIn(node: unknown): string[] {
  const names = new Set<string>();
  find(node, ({ function_name: name }) => {
    if (typeof name === 'string' && name !== '') names.add(name.toLowerCase());
    return undefined;
  });
  return [...names];
}

function refused(why: string): MillraceError {
  return new MillraceError('not_allowed', {
    what: `Only one SELECT can be run here: ${why}`,
    todo: 'Write one SELECT over raw, core, marts, meta or quarantine',
  });
}

function find(node: unknown, offender: (node: SqlNode) => string | undefined): string | undefined {
  if (Array.isArray(node)) return node.map((one) => find(one, offender)).find(Boolean);
  if (node === null || typeof node !== 'object') return undefined;
  return offender(node as SqlNode) ?? find(Object.values(node), offender);
}

/** Table functions that read nothing but the warehouse. */
const HARMLESS = new Set([
  'unnest',
  'generate_series',
  'range',
  'duckdb_tables',
  'duckdb_views',
  'duckdb_columns',
  'jsonb_array_elements',
  'jsonb_each',
  'jsonb_each_text',
  'string_to_table',
]);

/** A table function (read_csv, glob …), or a file as a table. */
function readsFile(node: SqlNode): string | undefined {
  const { type, function: call, table_name: table, schema_name: schema } = node;
  if (type === 'TABLE_FUNCTION') {
    const name = String((call as SqlNode | undefined)?.function_name);
    if (!HARMLESS.has(name)) return name;
  }
  if (type === 'BASE_TABLE' && !schema && /[./\\]/.test(String(table))) return String(table);
  return undefined;
}

const SCHEMAS = new Set([
  'raw',
  'quarantine',
  'staging',
  'seeds',
  'core',
  'marts',
  'ops',
  'meta',
  'information_schema',
]);

/** A table of another schema or database: passwords of users, texts that others run. A name alone is a CTE. */
function isElsewhere({ type, ...node }: SqlNode): string | undefined {
  if (type !== 'BASE_TABLE') return undefined;
  const [catalog, schema, table] = [node.catalog_name, node.schema_name, node.table_name].map((name) =>
    typeof name === 'string' ? name.toLowerCase() : '',
  );
  const isOurs = schema ? SCHEMAS.has(schema) && !catalog : !table?.startsWith('pg_');
  return isOurs ? undefined : [catalog, schema, table].filter(Boolean).join('.');
}

/** Functions of Postgres that touch files, other sessions, settings or other servers, or run a text as SQL. */
const FAR_REACHING =
  /^(pg_|lo_|lowrite|loread|dblink|set_config|nextval|setval|(query|table|cursor|schema|database)_to_xml)/;
const HARMLESS_IN_POSTGRES =
  /^pg_(typeof|column_size|(total_)?relation_size|table_size|indexes_size|database_size|size_pretty|get_)/;

function reachesFar({ function_name: name }: SqlNode): string | undefined {
  const called = typeof name === 'string' ? name.toLowerCase() : '';
  return FAR_REACHING.test(called) && !HARMLESS_IN_POSTGRES.test(called) ? called : undefined;
}
