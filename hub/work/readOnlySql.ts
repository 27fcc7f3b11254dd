import { MillraceError, messageOf } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';

const MAX_ROWS = 100_000;

/** One SELECT over the warehouse. Anything that would write, attach or read a file of the machine is refused. */
export async function readOnlySql(warehouse: Session, sql: string): Promise<Row[]> {
  const statement = sql.trim().replace(/;\s*$/, '');
  try {
    const [parsed] = await warehouse.rows('select json_serialize_sql(cast(? as varchar)) as tree', [
      statement,
    ]);
    const tree = JSON.parse(String(parsed?.tree)) as {
      error?: boolean;
      error_message?: string;
      statements?: unknown[];
    };
    if (tree.error) throw refused(tree.error_message ?? 'it is no SELECT');
    if (tree.statements?.length !== 1) throw refused('it is more than one statement');
    const reader = fileReader(tree);
    if (reader) throw refused(`${reader} reads files`);
    return await warehouse.rows(`select * from (${statement}\n) as result limit ${MAX_ROWS}`);
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw new MillraceError('bad_request', { what: messageOf(error), todo: 'Correct the SQL' });
  }
}

function refused(why: string): MillraceError {
  return new MillraceError('not_allowed', {
    what: `Only one SELECT can be run here: ${why}`,
    todo: 'Write one SELECT over raw, core, marts, meta or quarantine',
  });
}

/** Table functions that read nothing but the warehouse. */
const HARMLESS = new Set([
  'unnest',
  'generate_series',
  'range',
  'duckdb_tables',
  'duckdb_views',
  'duckdb_columns',
]);

/** Name of a table function (read_csv, glob …) in the tree; plain table names that are file names fail by themselves. */
function fileReader(node: unknown): string | undefined {
  if (Array.isArray(node)) return node.map(fileReader).find(Boolean);
  if (node === null || typeof node !== 'object') return undefined;
  const { type, function: call, table_name: table, schema_name: schema } = node as Record<string, unknown>;
  if (type === 'TABLE_FUNCTION') {
    const name = String((call as Record<string, unknown> | undefined)?.function_name);
    if (!HARMLESS.has(name)) return name;
  }
  if (type === 'BASE_TABLE' && !schema && /[./\\]/.test(String(table))) return String(table);
  return Object.values(node).map(fileReader).find(Boolean);
}
