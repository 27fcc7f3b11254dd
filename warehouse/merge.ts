import { MillraceError } from '../connectors/kit';
import type { Checked } from './check/checkBatch';
import { checkContract } from './contract/effectiveStream';
import { keepQuarantined } from './quarantine/keepQuarantined';
import { supersede } from './quarantine/supersede';
import { lockStream } from './streamLock';
import { type Batch, type Counts, historyTable, quoted, rawTable, type Session } from './warehouse';

/**
 * Merges a checked batch by key, together with state, counts and quarantine, inside the caller's transaction. SQL that both
 * engines run, over the temp tables `clean`, `bad` and `drift` (check/checkBatch.ts), which stand in this session.
 * A record whose key is stored with a newer cursor, or with the same content, counts as unchanged; so does an older
 * duplicate within the batch. An engine that has a shorter way for some batches gives it as `mergeRows`: it puts the rows of
 * `clean` into the raw table and says how many.
 */
export async function mergeBatch(
  session: Session,
  batch: Batch,
  checked: Checked,
  mergeRows: (session: Session, batch: Batch) => Promise<number> = mergeChanged,
): Promise<Counts> {
  await claimBatch(session, batch);
  await checkContract(session, batch);
  const { read } = checked;
  if (checked.bad > 0) await keepQuarantined(session, batch);
  if (read > 0) await noteDrift(session, batch);
  const loaded = checked.clean === 0 ? 0 : await mergeRows(session, batch);
  if (checked.clean > 0) await supersede(session, batch, checked);
  const changed = batch.table === undefined ? loaded : 0; // beside the table, nothing has changed in it yet
  const counts = { read, loaded: changed, unchanged: read - changed - checked.bad, quarantined: checked.bad };
  await countUp(session, batch, counts);
  return counts;
}

/** Moves the batch number on; a worker that was given up for dead finds its number taken. */
async function claimBatch(
  session: Session,
  { connection, stream, after, state, position = stream.name }: Batch,
): Promise<void> {
  if (after === undefined || position !== stream.name) await lockStream(session, connection, stream.name);
  if (after === undefined) return; // a replay: what it claims are its records (quarantine/replayStream.ts)
  const key = [connection, position];
  const [stored] = await session.rows(
    'select batch from meta.stream_state where connection = ? and stream = ?',
    key,
  );
  if (Number(stored?.batch ?? 0) !== after) {
    throw new MillraceError('internal', {
      what: `Batch ${after + 1} was already committed by another worker`,
      where: `connection ${connection}, stream ${stream.name}`,
      todo: 'Nothing: the other worker goes on',
    });
  }
  const document = state === undefined ? null : JSON.stringify(state);
  await session.run(
    `insert into meta.stream_state values (?, ?, ?, ?, utc_now())
     on conflict (connection, stream) do update set
       state = coalesce(excluded.state, meta.stream_state.state), batch = excluded.batch, updated_at = excluded.updated_at`,
    [...key, document, after + 1],
  );
}

/** Writes down the names that the contract does not know. */
async function noteDrift(session: Session, { connection, stream }: Batch): Promise<void> {
  await session.run(
    `insert into meta.unknown_field
     select ?, ?, field, utc_now(), utc_now() from drift
     on conflict (connection, stream, field) do update set last_seen_at = excluded.last_seen_at`,
    [connection, stream.name],
  );
}

/** Number of rows that are new, changed or revived. Each temp table costs a copy of the batch, so what is not needed is left out. */
export async function mergeChanged(session: Session, batch: Batch): Promise<number> {
  const { connection, stream, syncId } = batch;
  const table = rawTable(connection, batch.table ?? stream.name);
  const columns = stream.fields.map((field) => quoted(field.column));
  const cursorField = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const cursor = cursorField && quoted(cursorField.column);
  const [stored] = await session.rows(`select exists (select 1 from ${table}) as has_rows`);
  const isNewer = cursor
    ? `and (stored.${cursor} is null or clean.${cursor} >= stored.${cursor})` // no cursor is older than any, as within a batch
    : '';
  await session.run('drop table if exists changed');
  await session.run(
    stored?.has_rows
      ? `create temp table changed as
         select clean.*, stored._first_extracted_at as _known_since
         from clean left join ${table} as stored on stored._source_id = clean._source_id
         where stored._source_id is null
           or ((stored._row_hash <> clean._row_hash or stored._deleted_at is not null) ${isNewer})`
      : 'create temp table changed as select clean.*, cast(null as timestamp) as _known_since from clean',
  );
  const [count] = await session.rows('select count(*) as n from changed');
  const loaded = Number(count?.n);
  if (loaded > 0) {
    if (stream.snapshot) await keepHistory(session, connection, stream.name, stream.snapshot, stream.fields);
    await session.run(`delete from ${table} using changed where ${table}._source_id = changed._source_id`);
    const list = columns.join(', ');
    await session.run(
      `insert into ${table} (_source_id, _connection, _sync_id, _extracted_at, _first_extracted_at, _row_hash, _extra, _deleted_at, ${list})
       select _source_id, cast(? as varchar), cast(? as varchar), _now, coalesce(_known_since, _now),
         _row_hash, _extra, cast(null as timestamp), ${list}
       from changed cross join (select utc_now() as _now) as clock`,
      [connection, syncId],
    );
  }
  await session.run('drop table changed');
  return loaded;
}

/** Keeps the snapshot columns of rows in which one of them changed, with the time we saw it. */
export async function keepHistory(
  session: Session,
  connection: string,
  stream: string,
  snapshot: readonly string[],
  fields: Batch['stream']['fields'],
): Promise<void> {
  const columns = fields.filter(({ name }) => snapshot.includes(name)).map(({ column }) => quoted(column));
  const differs = columns.map((column) => `stored.${column} is distinct from changed.${column}`).join(' or ');
  await session.run(`insert into ${historyTable(connection, stream)}
    select changed._source_id, utc_now(), ${columns.map((column) => `changed.${column}`).join(', ')}
    from changed left join ${rawTable(connection, stream)} as stored on stored._source_id = changed._source_id
    where stored._source_id is null or ${differs}`);
}

/** Adds the batch to the run's figures; the identity of DAT-2 holds by construction and is asserted all the same. */
async function countUp(
  session: Session,
  { connection, stream, syncId, bytes }: Batch,
  counts: Counts,
): Promise<void> {
  const { read, loaded, unchanged, quarantined } = counts;
  if (read !== loaded + unchanged + quarantined || unchanged < 0) {
    throw new MillraceError('internal', {
      what: `A batch does not add up: ${read} read, ${loaded} loaded, ${unchanged} unchanged, ${quarantined} quarantined`,
      where: `connection ${connection}, stream ${stream.name}`,
    });
  }
  await session.run(
    `update meta.run_stream set read_rows = read_rows + ?, loaded_rows = loaded_rows + ?, unchanged_rows = unchanged_rows + ?,
       quarantined_rows = quarantined_rows + ?, bytes = bytes + ?, batches = batches + 1
     where run_id = ? and connection = ? and stream = ?`,
    [read, loaded, unchanged, quarantined, bytes, syncId, connection, stream.name],
  );
}
