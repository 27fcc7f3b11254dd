import type { Stream } from '../../connectors/kit';
import { type Counts, type Dialect, rawTable, type Session } from '../warehouse';
import { keptCursor } from './keptCursor';

/** One of the records was resolved by somebody else after it was chosen; nothing of the batch is committed. */
export class ChangedMeanwhile extends Error {}

interface Replayed {
  connection: string;
  stream: Stream;
  runId: string;
  /** CSV with place and record_hash of every record of the batch. */
  file: string;
  counts: Counts;
}

/**
 * Marks the records of a replayed batch, in its transaction: `replayed` where the record is what is stored now, `superseded`
 * where the same or a newer version was there. What is in `bad` waits on.
 */
export async function resolveReplayed(session: Session, dialect: Dialect, replayed: Replayed): Promise<void> {
  const { connection, stream, runId, file, counts } = replayed;
  const key = [connection, stream.name];
  const columns = [
    { name: 'place', type: 'bigint' },
    { name: 'record_hash', type: 'varchar' },
  ];
  await session.run('create temp table replayed (place bigint, record_hash varchar)');
  await dialect.loadCsv(session, 'replayed', columns, file);
  const [waiting] = await session.rows(
    `select count(*) as n from quarantine.record as record join replayed on replayed.record_hash = record.record_hash
     where record.connection = ? and record.stream = ?
       and (record.resolved_at is null or record.resolved_by = ?)`, // by this run: older than a good version in the batch
    [...key, runId],
  );
  if (Number(waiting?.n) !== counts.read) throw new ChangedMeanwhile('resolved meanwhile');
  const cursor = await keptCursor(session, connection, stream);
  const order = `${cursor ? `${cursor} desc nulls last, ` : ''}replayed.place desc`;
  await session.run(
    `create temp table resolved as
     select record.record_hash, record.source_id, record.last_seen_at,
       stored._source_id is not null and row_number() over (partition by record.source_id order by ${order}) = 1 as is_loaded
     from replayed
       join quarantine.record as record on record.record_hash = replayed.record_hash and record.connection = ? and record.stream = ?
       left join ${rawTable(connection, stream.name)} as stored
         on stored._source_id = record.source_id and stored._sync_id = ? and stored._extracted_at >= timezone('UTC', now())
     where replayed.record_hash not in (select record_hash from bad)`,
    [...key, runId],
  );
  await session.run(
    `update quarantine.record set resolved_at = utc_now(), resolved_by = ?,
       resolution = case when resolved.is_loaded then 'replayed' else 'superseded' end
     from resolved where record.record_hash = resolved.record_hash and record.connection = ? and record.stream = ?`,
    [runId, ...key],
  );
  await session.run(
    `update quarantine.record set replay_id = ?
     from replayed where record.record_hash = replayed.record_hash and record.connection = ? and record.stream = ?`,
    [runId, ...key],
  );
  if (!stream.cursor) await supersedeOlder(session, replayed);
  await session.run('drop table resolved');
  await session.run('drop table replayed');
}

/** Without a cursor only the time of sight tells which version is newer: older ones of a key must not be loaded after it. */
async function supersedeOlder(session: Session, { connection, stream, runId }: Replayed): Promise<void> {
  await session.run(
    `update quarantine.record set resolved_at = utc_now(), resolution = 'superseded', resolved_by = ?
     from resolved
     where resolved.is_loaded and record.source_id = resolved.source_id and record.last_seen_at < resolved.last_seen_at
       and record.connection = ? and record.stream = ? and record.resolved_at is null`,
    [runId, connection, stream.name],
  );
}

/** Single reasons of the records in `bad`, with how many records have each. */
export async function reasonsIn(session: Session): Promise<Record<string, number>> {
  const rows = await session.rows(
    `select reason, count(*) as records from (select unnest(string_to_array(reasons, '; ')) as reason from bad) as single
     group by reason order by count(*) desc, reason`,
  );
  return Object.fromEntries(rows.map((row) => [String(row.reason), Number(row.records)]));
}
