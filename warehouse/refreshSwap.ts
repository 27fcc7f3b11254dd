import type { Stream } from '../connectors/kit';
import { checkContract } from './contract/effectiveStream';
import { keepHistory } from './merge';
import { type GoneRows, isOverBrake, keepPreview, unconfirmed } from './reconcilePreview';
import { lockStream } from './streamLock';
import { keyOf, noteKey, type RetypedColumn, retyped, storedKey } from './streamShape';
import { quoted, rawTable, type Session, type Warehouse } from './warehouse';

/** Name of the table and of the state row that a refresh of this stream fills. */
export const refreshTable = ({ name }: Pick<Stream, 'name'>): string => `${name}__refresh`;

interface SwapRequest {
  connection: string;
  stream: Stream;
  syncId: string;
  isConfirmed: boolean;
}

interface Swap {
  known: number;
  /** Rows of the table that the refresh did not bring. */
  missing: number;
  isStopped: boolean;
}

/**
 * Makes the rows of a complete refresh the table's, in the caller's transaction: new and changed ones are put in, what the
 * refresh did not bring is marked as deleted, unchanged ones stay as they are. So models over unchanged rows are not built
 * again, views on the table stand, history and first sight go on. The refresh's state becomes the stream's.
 */
export async function swapRefresh(
  warehouse: Pick<Warehouse, 'dialect'>,
  session: Session,
  request: SwapRequest,
): Promise<Swap> {
  const { connection, stream, syncId, isConfirmed } = request;
  await lockStream(session, connection, stream.name);
  await checkContract(session, request); // a column that was accepted after the last page is not in these rows
  const table = rawTable(connection, stream.name);
  const fresh = rawTable(connection, refreshTable(stream));
  const isRekeyed = ((await storedKey(session, connection, stream)) ?? keyOf(stream)) !== keyOf(stream);
  const gone = await goneRows(session, request, table, fresh);
  const { known, missing, listed } = await compare(session, gone, fresh, isRekeyed);
  const unseen = isConfirmed
    ? isRekeyed
      ? 0
      : await unconfirmed(session, connection, stream.name, gone)
    : missing;
  const isStopped = isOverBrake(unseen, known);
  if (isStopped || missing > 0) {
    const status = isStopped ? 'stopped' : 'marked';
    const deleted = isStopped ? 0 : missing;
    const shown = isRekeyed ? { ...gone, where: '_deleted_at is null', values: [] } : gone;
    await keepPreview(session, {
      runId: syncId,
      connection,
      stream,
      listed,
      known,
      gone: shown,
      goneCount: missing,
      deleted,
      revived: 0,
      status,
    });
  }
  await note(session, request, isStopped ? 'waiting' : 'swapped', known, missing);
  if (isStopped) return { known, missing, isStopped };

  const changedTypes = await retyped(warehouse, session, connection, stream);
  await takeTypes(session, warehouse, table, changedTypes);
  if (isRekeyed) await session.run(`delete from ${table}`); // their ids say nothing under the new key
  const loaded = await mergeFresh(session, request, table, fresh, changedTypes);
  if (!isRekeyed && missing > 0)
    await session.run(`update ${table} set _deleted_at = utc_now() where ${gone.where}`, gone.values);
  await moveState(session, request);
  await noteKey(session, connection, stream);
  await session.run(
    `update meta.run_stream set loaded_rows = ?, unchanged_rows = read_rows - quarantined_rows - ?, deleted_rows = deleted_rows + ?
     where run_id = ? and connection = ? and stream = ?`,
    [loaded, loaded, missing, syncId, connection, stream.name],
  );
  await session.run(`drop table ${fresh}`);
  return { known, missing, isStopped };
}

/**
 * Live rows that the refresh did not bring. Those that came by other ways since it began are not among them, nor those whose
 * record is there but bad: it waits in quarantine, and the version before it stays.
 */
async function goneRows(
  session: Session,
  { connection, stream }: SwapRequest,
  table: string,
  fresh: string,
): Promise<GoneRows> {
  const [refresh] = await session.rows(
    'select cast(started_at as varchar) as started_at from meta.refresh where connection = ? and stream = ?',
    [connection, stream.name],
  );
  const startedAt = String(refresh?.started_at);
  return {
    table,
    where: `_deleted_at is null and _extracted_at < cast(? as timestamp)
      and not exists (select 1 from ${fresh} as fresh where fresh._source_id = ${table}._source_id)
      and not exists (
        select 1 from quarantine.record as bad where bad.source_id = ${table}._source_id
          and bad.connection = ? and bad.stream = ? and bad.last_seen_at >= cast(? as timestamp))`,
    values: [startedAt, connection, stream.name, startedAt],
  };
}

/** Under another key rows cannot be told one by one; then only their number speaks. */
async function compare(
  session: Session,
  { table, where, values }: GoneRows,
  fresh: string,
  isRekeyed: boolean,
) {
  const [counts] = await session.rows(
    `select count(*) filter (where _deleted_at is null) as known, count(*) filter (where ${where}) as missing from ${table}`,
    values,
  );
  const [all] = await session.rows(`select count(*) as n from ${fresh}`);
  const known = Number(counts?.known);
  const listed = Number(all?.n);
  return { known, listed, missing: isRekeyed ? Math.max(0, known - listed) : Number(counts?.missing) };
}

async function note(
  session: Session,
  { connection, stream }: SwapRequest,
  status: 'waiting' | 'swapped',
  known: number,
  missing: number,
): Promise<void> {
  await session.run(
    `update meta.refresh set status = ?, known_rows = ?, missing_rows = ?, ended_at = utc_now()
     where connection = ? and stream = ?`,
    [status, known, missing, connection, stream.name],
  );
}

/** Columns get the contract's types; their values come with the rows. */
async function takeTypes(
  session: Session,
  { dialect }: Pick<Warehouse, 'dialect'>,
  table: string,
  columns: readonly RetypedColumn[],
): Promise<void> {
  for (const { name, wanted } of columns) {
    // Postgres drops the staging views that read the column; the build that follows makes them again.
    const cascade = dialect.engine === 'postgres' ? ' cascade' : '';
    await session.run(`alter table ${table} drop column ${quoted(name)}${cascade}`);
    await session.run(`alter table ${table} add column ${quoted(name)} ${wanted}`);
  }
}

/** New, changed and revived rows; an older version of a row that came by another way meanwhile does not overwrite it. */
async function mergeFresh(
  session: Session,
  { connection, stream, syncId }: SwapRequest,
  table: string,
  fresh: string,
  changedTypes: readonly RetypedColumn[],
): Promise<number> {
  const field = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const cursor = field && !changedTypes.some(({ name }) => name === field.column) && quoted(field.column);
  const isNewer = cursor
    ? `and (stored.${cursor} is null or fresh.${cursor} is null or fresh.${cursor} >= stored.${cursor})`
    : '';
  const differs =
    changedTypes.length > 0
      ? 'true'
      : '(stored._row_hash <> fresh._row_hash or stored._deleted_at is not null)';
  await session.run('drop table if exists changed');
  await session.run(
    `create temp table changed as select fresh.*, stored._first_extracted_at as _known_since
     from ${fresh} as fresh left join ${table} as stored on stored._source_id = fresh._source_id
     where stored._source_id is null or (${differs} ${isNewer})`,
  );
  const [count] = await session.rows('select count(*) as n from changed');
  const loaded = Number(count?.n);
  if (loaded > 0) {
    if (stream.snapshot) await keepHistory(session, connection, stream.name, stream.snapshot, stream.fields);
    await session.run(`delete from ${table} using changed where ${table}._source_id = changed._source_id`);
    const columns = stream.fields.map(({ column }) => quoted(column)).join(', ');
    await session.run(
      `insert into ${table} (_source_id, _connection, _sync_id, _extracted_at, _first_extracted_at, _row_hash, _extra, _deleted_at, ${columns})
       select _source_id, _connection, cast(? as varchar), _now, coalesce(_known_since, _first_extracted_at),
         _row_hash, _extra, cast(null as timestamp), ${columns}
       from changed cross join (select utc_now() as _now) as clock`,
      [syncId],
    );
  }
  await session.run('drop table changed');
  return loaded;
}

/** The next incremental read goes on where the refresh ended. */
async function moveState(session: Session, { connection, stream }: SwapRequest): Promise<void> {
  await session.run(
    `update meta.stream_state set updated_at = utc_now(),
       state = (select state from meta.stream_state where connection = ? and stream = ?)
     where connection = ? and stream = ?`,
    [connection, refreshTable(stream), connection, stream.name],
  );
  for (const [name, column] of [
    ['stream_state', 'stream'],
    ['stream_contract', 'stream'],
  ] as const)
    await session.run(`delete from meta.${name} where connection = ? and ${column} = ?`, [
      connection,
      refreshTable(stream),
    ]);
}
