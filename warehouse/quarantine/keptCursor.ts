import type { Stream } from '../../connectors/kit';
import { ruleOf } from '../check/columns';
import { literal, type Session } from '../warehouse';

/**
 * SQL for the cursor of a quarantined record, in the column's type; undefined for a stream without one. A record that was
 * checked when the cursor was another field or of another kind has none.
 */
export async function keptCursor(
  session: Session,
  connection: string,
  stream: Stream,
): Promise<string | undefined> {
  const field = stream.fields.find(({ name }) => name === stream.cursor?.field);
  if (!field) return undefined;
  const { type } = ruleOf(field.kind);
  const rows = await session.rows(
    'select version, fields from meta.stream_contract where connection = ? and stream = ?',
    [connection, stream.name],
  );
  const versions = rows.filter(({ fields }) => cursorTypeIn(String(fields), field.name) === type);
  const list = versions.map(({ version }) => literal(String(version))).join(', ');
  return `case when record.contract_version in (${list || "''"}) then cast(record.cursor_value as ${type}) end`;
}

type Shape = { fields: Stream['fields']; cursor: string | null };

function cursorTypeIn(fields: string, name: string): string | undefined {
  const shape = JSON.parse(fields) as Shape;
  const field = shape.cursor === name ? shape.fields.find((one) => one.name === name) : undefined;
  return field && ruleOf(field.kind).type;
}
