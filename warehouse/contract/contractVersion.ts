import { createHash } from 'node:crypto';
import type { Stream } from '../../connectors/kit';
import type { Session } from '../warehouse';

/** What makes one contract differ from another: fields with kind and whether they are required, key and cursor. */
const shapeOf = ({ fields, key, cursor }: Stream) => ({
  fields: fields
    .map(({ name, kind, isRequired }) => ({ name, kind, isRequired }))
    .sort((one, other) => (one.name < other.name ? -1 : 1)), // the order of a contract's lines means nothing
  key,
  cursor: cursor?.field ?? null,
});

/** A short name for a contract, equal for equal contracts: twelve hexadecimal digits. */
export function contractVersion(stream: Stream): string {
  return createHash('sha256')
    .update(JSON.stringify(shapeOf(stream)))
    .digest('hex')
    .slice(0, 12);
}

/** Writes a contract down when a stream is checked by it for the first time. */
export async function noteContract(session: Session, connection: string, stream: Stream): Promise<void> {
  await session.run(
    `insert into meta.stream_contract (connection, stream, version, fields, first_seen_at)
     values (?, ?, ?, ?, utc_now()) on conflict do nothing`,
    [connection, stream.name, contractVersion(stream), JSON.stringify(shapeOf(stream))],
  );
}
