import type { Checked } from '../check/checkBatch';
import { type Batch, quoted, rawTable, type Session } from '../warehouse';
import { keptCursor } from './keptCursor';

/**
 * Resolves what waits in quarantine and has a newer good version: the vendor corrected the record, so nobody needs to.
 * The record is the same when its source id is; it is older when its cursor is, or, without one, when it came in an earlier
 * batch. Inside one batch the check decides (check/quarantined.ts). A replay is no new version, so it resolves nothing here.
 */
export async function supersede(session: Session, batch: Batch, checked: Checked): Promise<void> {
  const { connection, stream, syncId, after } = batch;
  if (after === undefined) return;
  const [waiting] = await session.rows(
    'select exists (select 1 from quarantine.record where connection = ? and stream = ? and resolved_at is null) as is_any',
    [connection, stream.name],
  );
  if (!waiting?.is_any) return;
  const field = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const cursor = field && quoted(field.column);
  const kept = await keptCursor(session, connection, stream);
  const isNew = checked.bad > 0 ? 'record.record_hash in (select record_hash from bad)' : 'false';
  const resolve = (source: string, condition: string) =>
    session.run(
      `update quarantine.record set resolved_at = utc_now(), resolution = 'superseded', resolved_by = ?
       from ${source} as newer
       where record.connection = ? and record.stream = ? and record.resolved_at is null
         and record.source_id <> '' and record.source_id = newer._source_id and ${condition}`,
      [syncId, connection, stream.name],
    );
  const isNotOlder = cursor ? ` and (${kept} is null or newer.${cursor} >= ${kept})` : '';
  await resolve('clean', `not (${isNew})${isNotOlder}`);
  if (cursor && checked.bad > 0)
    await resolve(rawTable(connection, stream.name), `${isNew} and newer.${cursor} > ${kept}`);
}
