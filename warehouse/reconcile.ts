import { type GoneRows, isOverBrake, keepPreview, unconfirmed } from './reconcilePreview';
import { lockStream } from './streamLock';
import {
  type Dialect,
  type ReconcileRequest,
  type ReconcileResult,
  rawTable,
  type Session,
} from './warehouse';

/**
 * Compares a stream's rows with the vendor's keys (A8): marks rows that are gone, takes the mark from rows that are back.
 * Too many gone rows stop it before the first mark; the preview is kept, so that a person can look and confirm them.
 */
export async function reconcile(
  session: Session,
  dialect: Dialect,
  request: ReconcileRequest,
): Promise<ReconcileResult> {
  const { connection, stream, keysFile, listedAt, isPreview, isConfirmed } = request;
  const table = rawTable(connection, stream.name);
  await lockStream(session, connection, stream.name);
  await dialect.createKeyTable(session, stream, keysFile);
  const isListed = `exists (select 1 from vendor_key where vendor_key._source_id = ${table}._source_id)`;
  const gone: GoneRows = {
    table,
    // A row that came while keys were listed may be too new for the list.
    where: `_deleted_at is null and _extracted_at < cast(? as timestamp) and not ${isListed}`,
    values: [listedAt],
  };
  const isBack = `_deleted_at is not null and _deleted_at < cast(? as timestamp) and ${isListed}`;
  const found = await compare(session, gone, isBack, listedAt);
  const toMark = isConfirmed ? await unconfirmed(session, connection, stream.name, gone) : found.gone;
  const isStopped = !isPreview && isOverBrake(toMark, found.known);
  const marks = !isPreview && !isStopped;
  const revived = marks ? found.back : 0;
  const deleted = marks ? found.gone : 0;
  const status = marks ? 'marked' : isStopped ? 'stopped' : 'preview';
  await keepPreview(session, { ...request, ...found, gone, goneCount: found.gone, deleted, revived, status });
  if (deleted > 0)
    await session.run(`update ${table} set _deleted_at = utc_now() where ${gone.where}`, gone.values);
  if (revived > 0) {
    // Seen anew: whoever looks for what changed finds it by this time.
    await session.run(`update ${table} set _deleted_at = null, _extracted_at = utc_now() where ${isBack}`, [
      listedAt,
    ]);
  }
  await countUp(session, request, deleted, revived);
  await session.run('drop table vendor_key');
  return { listed: found.listed, known: found.known, gone: found.gone, deleted, revived, isStopped };
}

/**
 * In the run's figures, with the marks: a worker killed right after them would leave marks that no build hears of. A row that
 * is back was read by its key and is live again: so the figures add up.
 */
async function countUp(
  session: Session,
  { runId, connection, stream }: ReconcileRequest,
  deleted: number,
  revived: number,
): Promise<void> {
  if (deleted + revived === 0) return;
  await session.run(
    `update meta.run_stream set deleted_rows = deleted_rows + ?, read_rows = read_rows + ?, loaded_rows = loaded_rows + ?
     where run_id = ? and connection = ? and stream = ?`,
    [deleted, revived, revived, runId, connection, stream.name],
  );
}

async function compare(
  session: Session,
  { table, where, values }: GoneRows,
  isBack: string,
  listedAt: string,
) {
  const [keys] = await session.rows('select count(*) as n from vendor_key');
  const [counts] = await session.rows(
    `select count(*) filter (where _deleted_at is null) as known, count(*) filter (where ${where}) as gone,
       count(*) filter (where ${isBack}) as back from ${table}`,
    [...values, listedAt],
  );
  return {
    listed: Number(keys?.n),
    known: Number(counts?.known),
    gone: Number(counts?.gone),
    back: Number(counts?.back),
  };
}
