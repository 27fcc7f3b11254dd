import { noteWritten, tableHash, type Warehouse } from '../../warehouse';
import type { Problem, StreamResult } from '../messages';

/** Rows of meta.run_stream: what a run did with one stream. */
export interface StreamRun {
  runId: string;
  connection: string;
  stream: string;
}

export async function beginStream(
  warehouse: Warehouse,
  { runId, connection, stream }: StreamRun,
): Promise<void> {
  await warehouse.run(
    `insert into meta.run_stream values (?, ?, ?, 0, 0, 0, 0, 0, 0, 0, utc_now(), null, 'running', null, null, null)
     on conflict (run_id, connection, stream) do update set status = 'running', error = null`,
    [runId, connection, stream],
  );
}

/** What all attempts of this run read. */
export async function rowsRead(
  warehouse: Warehouse,
  { runId, connection, stream }: StreamRun,
): Promise<number> {
  const [row] = await warehouse.rows(
    'select read_rows from meta.run_stream where run_id = ? and connection = ? and stream = ?',
    [runId, connection, stream],
  );
  return Number(row?.read_rows ?? 0);
}

/** Rows that all attempts of this run marked as deleted. */
export async function rowsDeleted(
  warehouse: Warehouse,
  { runId, connection, stream }: StreamRun,
): Promise<number> {
  const [row] = await warehouse.rows(
    'select deleted_rows from meta.run_stream where run_id = ? and connection = ? and stream = ?',
    [runId, connection, stream],
  );
  return Number(row?.deleted_rows ?? 0);
}

/** Figures from the warehouse, so that they hold what attempts before this one committed. */
export async function endStream(
  warehouse: Warehouse,
  { runId, connection, stream }: StreamRun,
  problem?: Problem,
): Promise<StreamResult> {
  const { rows, hash } = await tableHash(warehouse, connection, stream);
  const key = [runId, connection, stream];
  const status = problem ? 'suspicious' : 'done';
  await warehouse.run(
    `update meta.run_stream set ended_at = utc_now(), status = ?, error = ?, table_rows = ?, table_hash = ?
     where run_id = ? and connection = ? and stream = ?`,
    [status, problem ? JSON.stringify(problem) : null, rows, hash, ...key],
  );
  await noteTurn(warehouse, { runId, connection, stream }, problem === undefined);
  const [row] = await warehouse.rows(
    `select *, extract(epoch from ended_at - started_at) as seconds from meta.run_stream
     where run_id = ? and connection = ? and stream = ?`,
    key,
  );
  const count = (name: string) => Number(row?.[name] ?? 0);
  return {
    stream,
    status,
    read: count('read_rows'),
    loaded: count('loaded_rows'),
    unchanged: count('unchanged_rows'),
    quarantined: count('quarantined_rows'),
    deleted: count('deleted_rows'),
    seconds: count('seconds'),
    tableHash: hash,
    ...(problem && { error: problem }),
  };
}

export async function failStream(
  warehouse: Warehouse,
  { runId, connection, stream }: StreamRun,
  failure: unknown,
): Promise<void> {
  const [details] = (failure as { details?: unknown[] }).details ?? [];
  await warehouse
    .run(
      `update meta.run_stream set ended_at = utc_now(), status = 'failed', error = ?
       where run_id = ? and connection = ? and stream = ?`,
      [JSON.stringify(details ?? { code: 'cancelled' }), runId, connection, stream],
    )
    .then(() => noteTurn(warehouse, { runId, connection, stream }, false))
    .catch(() => undefined); // the warehouse itself may be what failed; the failure thrown next says so
}

/** A stream that failed after a good run, or is good again, changes what models may say of its customers (core.health_failed). */
async function noteTurn(
  warehouse: Warehouse,
  { runId, connection, stream }: StreamRun,
  isGood: boolean,
): Promise<void> {
  const [before] = await warehouse.rows(
    `select status from meta.run_stream
     where connection = ? and stream = ? and run_id <> ? and ended_at is not null order by ended_at desc limit 1`,
    [connection, stream, runId],
  );
  const wasGood = before === undefined || before.status === 'done';
  if (wasGood !== isGood) await warehouse.transaction((session) => noteWritten(session, 'meta.run_stream'));
}
