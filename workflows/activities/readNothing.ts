import { durationMs, type Stream } from '../../connectors/kit';
import { quoted, rawTable, type Warehouse } from '../../warehouse';
import type { Problem } from '../messages';
import type { StreamRun } from './streamRuns';

/** An incremental read is judged by this many good syncs before it. */
const SYNCS = 3;

/**
 * A9: a run is not green when it read nothing where rows must have come. Asked before the read, since the read moves the state.
 * - A read of everything (a full refresh, a stream without a state) that gives nothing, while the table has rows.
 * - An incremental read with a cursor that gives nothing although the last three good syncs each read something and we hold a
 *   row that lies within the overlap: `>=` and the overlap make even a quiet vendor give its newest record again. When that
 *   record was deleted, the next reconciliation marks it, and the read is quiet rather than suspicious.
 * Streams whose connector keeps a state of its own (files already read) may rightly give nothing, and are not judged.
 */
export async function expectsRows(
  warehouse: Warehouse,
  { runId, connection, stream: name }: StreamRun,
  stream: Stream,
  isFull: boolean,
): Promise<boolean> {
  const { state } = await warehouse.streamState(connection, name);
  const table = rawTable(connection, name);
  if (isFull || state === undefined || state === null) {
    const [row] = await warehouse.rows(
      `select exists (select 1 from ${table} where _deleted_at is null) as is_any`,
    );
    return row?.is_any === true;
  }
  if (!stream.cursor) return false;
  const last = await warehouse.rows(
    `select read_rows from meta.run_stream as streams join meta.run as runs on runs.run_id = streams.run_id
     where streams.connection = ? and streams.stream = ? and streams.status = 'done' and runs.kind = 'sync' and streams.run_id <> ?
     order by streams.started_at desc limit ${SYNCS}`,
    [connection, name, runId],
  );
  if (last.length < SYNCS || last.some((row) => Number(row.read_rows) === 0)) return false;
  return holdsNewest(warehouse, table, stream);
}

/** Whether a row that is not marked lies within the overlap of the newest one we ever saw. */
async function holdsNewest(
  warehouse: Warehouse,
  table: string,
  { cursor, fields }: Stream,
): Promise<boolean> {
  const field = fields.find(({ name }) => name === cursor?.field);
  if (!cursor || !field || !['localTime', 'utcTime', 'epochMs'].includes(field.kind.kind)) return false;
  const column = quoted(field.column);
  const seconds = durationMs(cursor.overlap) / 1_000;
  const [row] = await warehouse.rows(
    `select max(${column}) filter (where _deleted_at is null) >= max(${column}) - interval '${seconds} seconds' as is_there from ${table}`,
  );
  return row?.is_there === true;
}

export function readNothing({ connection, stream }: StreamRun): Problem {
  return {
    code: 'read_nothing',
    what: 'The vendor gave no record, where it always gave some',
    where: `connection ${connection}, stream ${stream}`,
    todo: `Look whether its user still sees the records: millrace check ${connection}; if they were deleted there, run: millrace reconcile ${connection} --stream ${stream}`,
  };
}
