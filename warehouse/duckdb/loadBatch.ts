import { MillraceError } from '../../connectors/kit';
import { type Batch, type Counts, historyTable, literal, quoted, rawTable, type Session } from '../warehouse';
import { readerColumns, reasonsOf, typedColumns } from './columns';
import { keepQuarantined } from './quarantined';
import { findUnknownFields } from './unknownFields';

/**
 * Takes a spool file apart, checks it and merges it by key, together with state and counts, inside the caller's transaction.
 * A record whose key is stored with a newer cursor, or with the same content, counts as unchanged; so does an older
 * duplicate within the batch. Bad records go to quarantine with all their reasons.
 */
export async function loadBatch(session: Session, batch: Batch): Promise<Counts> {
  await claimBatch(session, batch);
  const counts: Counts = { read: batch.read, loaded: 0, unchanged: 0, quarantined: 0 };
  if (batch.read > 0) {
    await stage(session, batch);
    const [staged] = await session.rows(
      `select count(*) as all_rows, count(_reasons) as bad, count(distinct _source_id) filter (where _reasons is null) as keys from stage`,
    );
    if (Number(staged?.all_rows) !== batch.read) {
      throw new MillraceError('internal', {
        what: `The spool file holds ${String(staged?.all_rows)} records, not the ${batch.read} that were written`,
        where: `connection ${batch.connection}, stream ${batch.stream.name}`,
        todo: 'Sync again: the batch was not committed, nothing is lost',
      });
    }
    counts.quarantined = Number(staged?.bad);
    if (counts.quarantined > 0) await keepQuarantined(session, batch);
    await findUnknownFields(session, batch);
    const hasDuplicates = Number(staged?.keys) < counts.read - counts.quarantined;
    counts.loaded = await merge(session, batch, hasDuplicates);
    counts.unchanged = counts.read - counts.loaded - counts.quarantined;
    await session.run('drop table stage');
    await session.run('drop table unknown_field');
  }
  await countUp(session, batch, counts);
  return counts;
}

/** Moves the batch number on; a worker that was given up for dead finds its number taken. */
async function claimBatch(session: Session, { connection, stream, after, state }: Batch): Promise<void> {
  const key = [connection, stream.name];
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
    `insert into meta.stream_state values (?, ?, ?, ?, timezone('UTC', now()))
     on conflict (connection, stream) do update set
       state = coalesce(excluded.state, meta.stream_state.state), batch = excluded.batch, updated_at = excluded.updated_at`,
    [...key, document, after + 1],
  );
}

/** Temp table `stage`: typed columns, reasons, place in the file, source id. */
async function stage(session: Session, { stream, file }: Batch): Promise<void> {
  const { fields, key } = stream;
  const columns = typedColumns(fields).join(',\n  ');
  const source = `read_json(${literal(file)}, format = 'newline_delimited', columns = {${readerColumns(fields)}}, maximum_object_size = 67108864)`;
  const keys = key.map((name) => `coalesce(${quoted(name)}, '')`).join(', ');
  await session.run(`create or replace temp table stage as
    select row_number() over () as _ordinal, concat_ws('|', ${keys}) as _source_id, ${reasonsOf(fields)} as _reasons,
      ${columns}
    from ${source}`);
}

/** Number of rows that are new, changed or revived. Each temp table costs a copy of the batch, so what is not needed is left out. */
async function merge(
  session: Session,
  { connection, stream, syncId }: Batch,
  hasDuplicates: boolean,
): Promise<number> {
  const table = rawTable(connection, stream.name);
  const columns = stream.fields.map((field) => quoted(field.column));
  const cursor = cursorColumn(stream.cursor?.field, stream.fields);
  const hashed = columns.map((column) => `coalesce(cast(${column} as varchar), chr(30))`).join(', ');
  const newest = `row_number() over (partition by _source_id order by ${cursor ? `${cursor} desc nulls last, ` : ''}_ordinal desc)`;
  const good = 'select * from stage where _reasons is null';
  const fresh = `select _source_id, md5(concat_ws(chr(31), ${hashed}, cast(_extra as varchar))) as _row_hash, _extra, ${columns.join(', ')}
    from (${hasDuplicates ? `select * from (select *, ${newest} as _rank from (${good})) where _rank = 1` : good}) as one
    left join unknown_field on unknown_field._at = one._ordinal`;
  const [stored] = await session.rows(`select exists (select 1 from ${table}) as has_rows`);
  const isNewer = cursor
    ? `and (stored.${cursor} is null or fresh.${cursor} is null or fresh.${cursor} >= stored.${cursor})`
    : '';
  await session.run(
    stored?.has_rows
      ? `create or replace temp table changed as
         select fresh.*, stored._first_extracted_at as _known_since
         from (${fresh}) as fresh left join ${table} as stored on stored._source_id = fresh._source_id
         where stored._source_id is null
           or ((stored._row_hash <> fresh._row_hash or stored._deleted_at is not null) ${isNewer})`
      : `create or replace temp table changed as select fresh.*, cast(null as timestamp) as _known_since from (${fresh}) as fresh`,
  );
  const [count] = await session.rows('select count(*) as n from changed');
  const loaded = Number(count?.n);
  if (loaded > 0) {
    if (stream.snapshot) await keepHistory(session, connection, stream.name, stream.snapshot, stream.fields);
    await session.run(`delete from ${table} using changed where ${table}._source_id = changed._source_id`);
    await session.run(
      `insert into ${table} by name
       select _source_id, ? as _connection, ? as _sync_id, _now as _extracted_at, coalesce(_known_since, _now) as _first_extracted_at,
         _row_hash, _extra, cast(null as timestamp) as _deleted_at, ${columns.join(', ')}
       from changed cross join (select timezone('UTC', now()) as _now)`,
      [connection, syncId],
    );
  }
  await session.run('drop table changed');
  return loaded;
}

function cursorColumn(field: string | undefined, fields: Batch['stream']['fields']): string | undefined {
  const found = fields.find(({ name }) => name === field);
  return found && quoted(found.column);
}

/** Keeps the snapshot columns of rows in which one of them changed, with the time we saw it. */
async function keepHistory(
  session: Session,
  connection: string,
  stream: string,
  snapshot: readonly string[],
  fields: Batch['stream']['fields'],
): Promise<void> {
  const columns = fields.filter(({ name }) => snapshot.includes(name)).map(({ column }) => quoted(column));
  const differs = columns.map((column) => `stored.${column} is distinct from changed.${column}`).join(' or ');
  await session.run(`insert into ${historyTable(connection, stream)}
    select changed._source_id, timezone('UTC', now()), ${columns.map((column) => `changed.${column}`).join(', ')}
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
