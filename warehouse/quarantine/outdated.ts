import type { Stream } from '../../connectors/kit';
import { rawTable, type Warehouse } from '../warehouse';
import type { ReplayRequest } from './replayRequest';
import { conditionOf } from './waiting';

/**
 * SQL: a quarantined record must not be loaded any more, since what is stored is newer, although no cursor tells: its row
 * was deleted at the vendor later, or (in a stream without a cursor) a later sync stored another version. What a replay
 * stored is as old as its record, so it does not count.
 */
export function isOutdated(connection: string, stream: Stream): string {
  const isNewer = stream.cursor
    ? ''
    : `or (stored._extracted_at > record.last_seen_at and stored._sync_id not in (select run_id from meta.run where kind = 'replay'))`;
  return `exists (select 1 from ${rawTable(connection, stream.name)} as stored
    where record.source_id <> '' and stored._source_id = record.source_id and (stored._deleted_at > record.last_seen_at ${isNewer}))`;
}

/** Resolves those as superseded and counts them in the run as read and unchanged. How many there are, also in a dry run. */
export function resolveOutdated(warehouse: Warehouse, request: ReplayRequest): Promise<number> {
  const { connection, stream, reason, runId, isDryRun } = request;
  const { sql, values } = conditionOf({
    connection,
    stream: stream.name,
    ...(reason !== undefined && { reason }),
  });
  const condition = `${sql} and ${isOutdated(connection, stream)}`;
  return warehouse.transaction(async (session) => {
    const [row] = await session.rows(
      `select count(*) as records from quarantine.record where ${condition}`,
      values,
    );
    const records = Number(row?.records);
    if (isDryRun || records === 0) return records;
    await session.run(
      `update quarantine.record set resolved_at = utc_now(), resolution = 'superseded', resolved_by = ? where ${condition}`,
      [runId, ...values],
    );
    await session.run(
      `update meta.run_stream set read_rows = read_rows + ?, unchanged_rows = unchanged_rows + ?
       where run_id = ? and connection = ? and stream = ?`,
      [records, records, runId, connection, stream.name],
    );
    return records;
  });
}
