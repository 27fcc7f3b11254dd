import type { Stream } from '../connectors/kit';
import { loadPages } from './loadPages';
import { type LoadRequest, NOTHING_YET, type Progress } from './loadRequest';
import { tooManyDeletes } from './reconcilePreview';
import { refreshTable, swapRefresh } from './refreshSwap';
import { keyOf } from './streamShape';
import { quoted, rawTable, type Session, type Warehouse } from './warehouse';

/** A half-done refresh older than this starts anew: what the vendor deleted meanwhile would live on in its pages. */
const KEPT_DAYS = 7;

/**
 * Full refresh: reads everything again into raw.<connection>__<stream>__refresh, checked and merged like any load, then
 * swaps the rows in, in one transaction (refreshSwap.ts). Readers and models see the old rows until then; incremental syncs
 * and backfills go on. A killed refresh goes on from its committed pages. Errors: `too_many_deletes` when it would delete
 * more than the brake allows; both tables stay until it is confirmed.
 */
export async function refreshStream(warehouse: Warehouse, request: LoadRequest): Promise<Progress> {
  const { connection, stream, syncId, isConfirmed = false } = request;
  const table = refreshTable(stream);
  const { snapshot: _snapshot, ...plain } = stream; // history is kept at the swap, against the old rows
  const isSwapped = await warehouse.transaction((session) => begin(session, request));
  if (isSwapped) return countsOf(warehouse, request); // the last attempt was lost after its commit
  await warehouse.prepareStream(connection, { ...plain, name: table });
  const { onProgress } = request;
  const progress = await loadPages(
    warehouse,
    { ...request, stream: plain },
    { position: table, keepsState: true, table },
  );
  const swap = await warehouse.transaction((session) =>
    swapRefresh(warehouse, session, { connection, stream, syncId, isConfirmed }),
  );
  if (swap.isStopped)
    throw tooManyDeletes(
      { connection, stream: stream.name, gone: swap.missing, known: swap.known },
      `millrace sync ${connection} --stream ${stream.name} --full --confirm-deletes`,
    );
  const done = { ...(await countsOf(warehouse, request)), bytes: progress.bytes, batches: progress.batches };
  onProgress?.(done);
  return done;
}

/** Goes on with a refresh that was cut short, or starts anew. True when this run has swapped already. */
async function begin(session: Session, { connection, stream, syncId }: LoadRequest): Promise<boolean> {
  const key = [connection, stream.name];
  const shape = shapeOf(stream);
  const [last] = await session.rows(
    `select refresh.*, started_at > utc_now() - interval '${KEPT_DAYS} days' as is_recent,
       (select cast(state as varchar) from meta.stream_state where connection = refresh.connection and stream = ?) as state
     from meta.refresh as refresh where connection = ? and stream = ?`,
    [refreshTable(stream), ...key],
  );
  if (last?.status === 'swapped' && last.run_id === syncId) return true;
  const hasState = last?.state !== null && last?.state !== undefined && last.state !== 'null';
  if (last && last.status !== 'swapped' && last.shape === shape && last.is_recent === true && hasState) {
    if (last.run_id !== syncId) await takeOver(session, key, String(last.run_id), syncId);
    await session.run(
      "update meta.refresh set run_id = ?, status = 'loading', ended_at = null where connection = ? and stream = ?",
      [syncId, ...key],
    );
    return false;
  }
  await session.run(`drop table if exists ${rawTable(connection, refreshTable(stream))}`);
  await session.run('delete from meta.stream_state where connection = ? and stream = ?', [
    connection,
    refreshTable(stream),
  ]);
  await session.run(
    `insert into meta.refresh values (?, ?, ?, utc_now(), 'loading', ?, null, null, null)
     on conflict (connection, stream) do update set run_id = excluded.run_id, started_at = excluded.started_at,
       status = excluded.status, shape = excluded.shape, known_rows = null, missing_rows = null, ended_at = null`,
    [...key, syncId, shape],
  );
  return false;
}

/** The pages that an interrupted run read for this refresh count in the run that ends it, so that its figures add up. */
async function takeOver(session: Session, key: string[], before: string, now: string): Promise<void> {
  const names = ['read_rows', 'unchanged_rows', 'quarantined_rows', 'bytes', 'batches'];
  const sums = names.map(
    (name) =>
      `${quoted(name)} = ${quoted(name)} + (select ${quoted(name)} from meta.run_stream where run_id = ? and connection = ? and stream = ?)`,
  );
  await session.run(
    `update meta.run_stream set ${sums.join(', ')} where run_id = ? and connection = ? and stream = ?
       and exists (select 1 from meta.run_stream where run_id = ? and connection = ? and stream = ?)`,
    [...names.flatMap(() => [before, ...key]), now, ...key, before, ...key],
  );
}

/** Changes when pages of before no longer fit: another key, or columns of other types. */
const shapeOf = (stream: Stream): string =>
  `${keyOf(stream)}: ${stream.fields.map(({ column, kind }) => `${column} ${kind.kind}`).join(', ')}`;

/** The run's figures of this stream: with what an attempt or a run before this one read. */
async function countsOf(
  warehouse: Warehouse,
  { connection, stream, syncId }: LoadRequest,
): Promise<Progress> {
  const [row] = await warehouse.rows(
    'select * from meta.run_stream where run_id = ? and connection = ? and stream = ?',
    [syncId, connection, stream.name],
  );
  if (!row) return NOTHING_YET;
  const count = (name: string) => Number(row[name] ?? 0);
  return {
    read: count('read_rows'),
    loaded: count('loaded_rows'),
    unchanged: count('unchanged_rows'),
    quarantined: count('quarantined_rows'),
    bytes: count('bytes'),
    batches: count('batches'),
  };
}
