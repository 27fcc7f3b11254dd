import { type Field, type FieldKind, MillraceError, type Stream } from '../../connectors/kit';
import type { Batch, Session } from '../warehouse';

/** A connector's stream with the columns that people accepted; what the contract names by itself goes before. */
export async function effectiveStream(session: Session, connection: string, stream: Stream): Promise<Stream> {
  const rows = await session.rows(
    'select field, column_name, kind from meta.accepted_column where connection = ? and stream = ? order by accepted_at, field',
    [connection, stream.name],
  );
  const names = new Set(stream.fields.map(({ name }) => name));
  const columns = new Set(stream.fields.map(({ column }) => column));
  const accepted = rows
    .map(
      ({ field, column_name, kind }): Field => ({
        name: String(field),
        column: String(column_name),
        kind: JSON.parse(String(kind)) as FieldKind,
        isRequired: false,
      }),
    )
    .filter(({ name, column }) => !names.has(name) && !columns.has(column));
  return accepted.length === 0 ? stream : { ...stream, fields: [...stream.fields, ...accepted] };
}

/**
 * Refuses a batch that was read before a column was accepted: its values would lie in _extra and never reach the column.
 * Error: `contract_changed`, which a retry from the committed state survives.
 */
export async function checkContract(
  session: Session,
  { connection, stream }: Pick<Batch, 'connection' | 'stream'>,
): Promise<void> {
  const { fields } = await effectiveStream(session, connection, stream);
  const added = fields.slice(stream.fields.length).map(({ name }) => name);
  if (added.length === 0) return;
  throw new MillraceError('contract_changed', {
    what: `The column ${added.join(', ')} was accepted while the stream was being read`,
    where: `connection ${connection}, stream ${stream.name}`,
    todo: 'Nothing: it is read again from its last committed state',
  });
}
