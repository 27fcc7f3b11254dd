import { MillraceError, messageOf } from '../../connectors/kit';
import type { Session } from '../warehouse';
import type { ModelFile } from './modelFile';

/** The tables that a SELECT reads, by the engine's own parser; CTEs have no schema and are left out. */
async function tablesRead(session: Session, sql: string): Promise<Set<string>> {
  const [row] = await session.rows('select json_serialize_sql(cast(? as varchar)) as tree', [sql]);
  const tree = JSON.parse(String(row?.tree)) as { error?: boolean; error_message?: string };
  if (tree.error) throw new Error(tree.error_message ?? 'the statement cannot be parsed');
  const found = new Set<string>();
  collect(tree, found);
  return found;
}

function collect(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, found);
  } else if (node !== null && typeof node === 'object') {
    const { type, schema_name: schema, table_name: table } = node as Record<string, unknown>;
    if (type === 'BASE_TABLE' && typeof schema === 'string' && schema !== '' && typeof table === 'string')
      found.add(`${schema}.${table}`);
    for (const value of Object.values(node)) collect(value, found);
  }
}

/** Refuses a model whose header does not name exactly what its SQL reads: lineage and order come from the header. */
export async function checkSources(session: Session, model: ModelFile): Promise<void> {
  const named = new Set(model.header.sources);
  let read: Set<string>;
  try {
    read = await tablesRead(session, model.sql);
  } catch (cause) {
    throw new MillraceError('model_failed', {
      what: `A model is no SQL: ${messageOf(cause)}`,
      where: `file ${model.file}`,
      cause,
    });
  }
  const unnamed = [...read].filter((table) => !named.has(table));
  const unread = [...named].filter((table) => !read.has(table));
  if (unnamed.length === 0 && unread.length === 0) return;
  const parts = [
    unnamed.length > 0 ? `missing: ${unnamed.join(', ')}` : '',
    unread.length > 0 ? `never read: ${unread.join(', ')}` : '',
  ];
  throw new MillraceError('model_failed', {
    what: `The header's sources are not what the SQL reads (${parts.filter(Boolean).join('; ')})`,
    where: `file ${model.file}`,
    todo: `Write: -- sources  ${[...read].sort().join(', ')}`,
  });
}
