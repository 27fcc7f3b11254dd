import { assertComplete, checkedRows, createDriftTable, sourceId } from '../check/checkBatch';
import { createBadTable } from '../check/quarantined';
import type { Records } from '../check/records';
import { mergeBatch } from '../merge';
import { type Batch, type Counts, literal, quoted, rawTable, type Session } from '../warehouse';

/**
 * How many records the batch has, if each has a key of its own that the raw table does not hold: a first load, or records that
 * were just made. Undefined otherwise. Leaves temp table `batch_key`: _source_id, in the order of the file.
 */
export async function countIfNew(
  session: Session,
  batch: Batch,
  { relation }: Records,
): Promise<number | undefined> {
  await session.run(
    `create or replace temp table batch_key as select ${sourceId(batch)} as _source_id from ${relation}`,
  );
  const [counted] = await session.rows(
    'select count(*) as n, count(distinct _source_id) as keys from batch_key',
  );
  const read = Number(counted?.n);
  assertComplete(batch, read);
  if (Number(counted?.keys) < read) return undefined;
  const [found] = await session.rows(
    `select exists (select 1 from ${tableOf(batch)} as stored join batch_key on batch_key._source_id = stored._source_id) as is_known`,
  );
  return found?.is_known ? undefined : read;
}

/**
 * Loads a batch of which {@link countIfNew} counted the records: one statement reads, types, checks and inserts it, without a copy in between.
 * What it left out is bad.
 */
export async function insertNew(
  session: Session,
  batch: Batch,
  records: Records,
  read: number,
): Promise<Counts> {
  const { connection, stream, syncId } = batch;
  const columns = stream.fields.map((field) => quoted(field.column)).join(', ');
  // A good row is told by one column that cannot be looked into, or each check would be made twice: in the filter and above it.
  const isGood = '_row_hash is not null and random() is not null';
  const [result] = await inAnyOrder(session, () =>
    session.rows(
      `insert into ${tableOf(batch)} (_source_id, _connection, _sync_id, _extracted_at, _first_extracted_at, _row_hash, _extra, _deleted_at, ${columns})
       select _source_id, ${literal(connection)}, ${literal(syncId)}, ${NOW}, ${NOW}, _row_hash, _extra, cast(null as timestamp), ${columns}
       from (select *, ${isGood} as _is_good from (${checkedRows(batch, records)})) where _is_good`,
    ),
  );
  const clean = Number(result?.Count);
  const bad = read - clean;
  await session.run(
    `create or replace temp view clean as select * from ${tableOf(batch)} where _sync_id = ${literal(syncId)} and _extracted_at = ${NOW}`,
  );
  if (bad > 0) {
    await session.run(`create or replace temp table bad_at as
      select rowid - (select min(rowid) from batch_key) as _at, _source_id, false as _is_superseded
      from batch_key where _source_id not in (select _source_id from clean)`);
  }
  await createBadTable(session, batch, records, bad);
  await createDriftTable(session, records.drift);
  const counts = await mergeBatch(session, batch, { read, bad, clean }, () => Promise.resolve(clean));
  await session.run('drop view clean');
  for (const table of ['bad', 'drift', 'batch_key']) await session.run(`drop table ${table}`);
  return counts;
}

/**
 * Rows may land in any order: a third of the time of an insert goes into keeping it. The setting is the whole engine's; after an
 * error the transaction takes no more statements, so each batch begins by {@link keepOrder}.
 */
async function inAnyOrder<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.run('set preserve_insertion_order = false');
  const result = await work();
  await keepOrder(session);
  return result;
}

/** The check takes a row's place in a temp table for its place in the file. */
export const keepOrder = (session: Session): Promise<void> =>
  session.run('set preserve_insertion_order = true');

/** The same in all statements of a transaction. */
const NOW = 'utc_now()';

const tableOf = ({ connection, stream, table = stream.name }: Batch) => rawTable(connection, table);
