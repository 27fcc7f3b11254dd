import { MillraceError } from '../../connectors/kit';
import { quoted, type Row, type Session } from '../../warehouse';
import type { Connection } from '../../workflows';
import type { Person } from '../access/users';
import { customerRule } from './customerRule';
import { fieldLabels } from './fieldLabels';
import { rawRowOf } from './rawRow';
import { RECORD_TABLES, type RecordTable } from './tables';

type Label = { zh: string; en: string };

export interface HubRecord {
  table: string;
  id: string;
  title: Label;
  fields: { name: string; label: Label; value: string | number | boolean | null }[];
  links: { label: Label; table: string; id: string }[];
  source: {
    connection: string;
    stream: string | null;
    sourceId: string;
    extractedAt: string | null;
    syncId: string | null;
    raw: Record<string, unknown> | null;
    url: string | null;
  } | null;
}

/** One row with the record that it came from, within the person's rights. Errors: `not_found` also where a right is missing. */
export async function recordOf(
  warehouse: Session,
  connections: readonly Connection[],
  person: Person,
  table: string,
  id: string,
): Promise<HubRecord> {
  const known = Object.hasOwn(RECORD_TABLES, table) ? RECORD_TABLES[table] : undefined;
  if (!known)
    throw new MillraceError('not_found', {
      what: `There are no records of ${table}`,
      todo: `Tables: ${Object.keys(RECORD_TABLES).join(', ')}`,
    });
  const rule = known.customer ? customerRule(person, known.customer) : { sql: 'true', values: [] };
  const [row] = await warehouse.rows(`select * from ${table} where ${quoted(known.id)} = ? and ${rule.sql}`, [
    id,
    ...rule.values,
  ]);
  if (!row) {
    throw new MillraceError('not_found', {
      what: 'This record is not there, or outside of your customers',
      where: `${table} ${id}`,
      todo: 'Ask an administrator for the right to see it',
    });
  }
  return {
    table,
    id,
    title: known.title,
    fields: fieldsOf(row, known),
    links: Object.entries(known.links).flatMap(([column, to]) => linkOf(row, column, to)),
    source: await sourceOf(warehouse, connections, known, row),
  };
}

export const HIDDEN_FIELDS = new Set(['connection', 'source_id']);

function fieldsOf(row: Row, known: RecordTable): HubRecord['fields'] {
  return Object.entries(row)
    .filter(([name, value]) => value !== null && !HIDDEN_FIELDS.has(name) && name !== known.id)
    .map(([name, value]) => ({
      name,
      label: fieldLabels[name] ?? { zh: name, en: name },
      value: value as string | number | boolean,
    }));
}

function linkOf(row: Row, column: string, table: string): HubRecord['links'] {
  const id = row[column];
  const title = RECORD_TABLES[table]?.title;
  return typeof id === 'string' && title ? [{ label: title, table, id }] : [];
}

async function sourceOf(
  warehouse: Session,
  connections: readonly Connection[],
  { entity }: RecordTable,
  row: Row,
): Promise<HubRecord['source']> {
  const connection = String(row.connection ?? '');
  const sourceId = String(row.source_id ?? '');
  const connector = connections.find(({ name }) => name === connection)?.connector;
  if (!connector) return null;
  const found = await rawRowOf(warehouse, {
    connection,
    connector: connector.name,
    entity: typeof entity === 'string' ? entity : entity(row),
    sourceId,
  });
  const none = { connection, stream: null, sourceId, extractedAt: null, syncId: null, raw: null, url: null };
  if (!found) return none;
  const { _extracted_at: extractedAt, _sync_id: syncId } = found.row;
  return {
    ...none,
    stream: found.stream,
    extractedAt: `${String(extractedAt).replace(' ', 'T')}Z`,
    syncId: String(syncId),
    raw: Object.fromEntries(
      Object.entries(found.row).filter(([name, value]) => value !== null && !name.startsWith('_')),
    ),
  };
}
