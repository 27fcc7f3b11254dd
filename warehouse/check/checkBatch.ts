import { MillraceError } from '../../connectors/kit';
import { type Batch, literal, quoted, type Session } from '../warehouse';
import { isGood, textsForGood, typedColumns } from './columns';
import { isFreeOfNul, mayHoldNul } from './nul';
import { createBadTable } from './quarantined';
import { type Records, recordsOf } from './records';

/** What a checked batch holds; its rows stand in the temp tables that {@link checkBatch} names. */
export interface Checked {
  /** Records in the file. */
  read: number;
  /** Records with at least one reason, each with its raw line in `bad`. */
  bad: number;
  /** Rows of `clean`: one for each key, so older duplicates within the batch are not among them. */
  clean: number;
}

/**
 * Takes a spool file apart and checks it, in DuckDB whatever the warehouse's engine is, so that checks exist once.
 * It leaves three temp tables in the session; the caller drops them:
 * - `clean`: _source_id, _row_hash, _extra (JSON of unknown fields or NULL) and the contract's typed columns;
 * - `bad`: record_hash, source_id, reasons, amount_cny, raw (the line as it came), cursor_value (the typed cursor as text, or
 *   NULL), is_superseded (the same batch holds a newer good version of its key), one row for each distinct line;
 * - `drift`: field, one row for each name that the contract does not know.
 * Error: `contract_broken` when the batch's drift policy is `freeze` and there are unknown fields.
 */
export async function checkBatch(session: Session, batch: Batch, decided?: Records): Promise<Checked> {
  const records = decided ?? (await recordsOf(session, batch));
  await createDriftTable(session, records.drift);
  // Bad rows stand among the good ones without a hash until their lines are kept: the place of a row in the table is its
  // place in the file, so nobody has to number them.
  await session.run(`create or replace temp table clean as ${checkedRows(batch, records)}`);
  const [counted] = await session.rows(
    `select count(*) as all_rows, count(_row_hash) as good, count(distinct _source_id) filter (where _row_hash is not null) as keys from clean`,
  );
  const read = Number(counted?.all_rows);
  assertComplete(batch, read);
  const good = Number(counted?.good);
  const keys = Number(counted?.keys);
  const bad = read - good;
  if (bad > 0) await noteBadRows(session, batch);
  await createBadTable(session, batch, records, bad);
  if (keys < good) await removeOlderVersions(session, batch);
  if (bad > 0) await session.run('delete from clean where _row_hash is null');
  return { read, bad, clean: keys };
}

export function assertComplete({ connection, stream, read, file }: Batch, found: number): void {
  if (read === undefined || found === read) return;
  throw new MillraceError('spool_damaged', {
    what: `A spool file holds ${found} records, not the ${read} that were written`,
    where: `connection ${connection}, stream ${stream.name}, file ${file}`,
    todo: 'Nothing: it was not committed and is read again. If it happens again, check the disk',
  });
}

/** Temp table `drift`: the names of unknown fields in the batch. */
export async function createDriftTable(session: Session, names: readonly string[]): Promise<void> {
  await session.run('create or replace temp table drift (field varchar)');
  if (names.length > 0)
    await session.run(`insert into drift values ${names.map((name) => `(${literal(name)})`).join(', ')}`);
}

/** SELECT of all records of a batch: _source_id, _row_hash (NULL for a bad record), _extra, typed columns. */
export function checkedRows(batch: Batch, { relation, extra }: Records): string {
  const { fields } = batch.stream;
  const columns = fields.map((field) => quoted(field.column)).join(', ');
  const good = [
    isGood(fields),
    ...(batch.drift === 'quarantine' ? ['_extra is null'] : []),
    ...(mayHoldNul(batch) ? [isFreeOfNul(fields)] : []),
  ].join(' and ');
  const typed = [
    `${sourceId(batch)} as _source_id`,
    `${extra} as _extra`,
    ...typedColumns(fields),
    ...textsForGood(fields),
  ];
  return `select _source_id, case when ${good} then ${rowHash(columns)} end as _row_hash, _extra, ${columns}
    from (select ${typed.join(', ')} from ${relation})`;
}

export function sourceId({ stream }: Batch): string {
  const keys = stream.key.map((name) => `coalesce(${quoted(name)}, '')`);
  return keys.length === 1 ? String(keys[0]) : `concat_ws('|', ${keys.join(', ')})`;
}

/**
 * 16 hex digits over the typed values: equal rows, equal hashes, in any run and on both engines, since DuckDB computes them
 * for both. It tells two versions of one row apart, so 64 bits are plenty. Another version of DuckDB may hash in another way;
 * then each row counts as changed once when it is read again.
 */
export const rowHash = (columns: string) => `format('{:016x}', hash(${columns}, _extra))`;

/** Temp table `bad_at`: places of the bad rows in the file, and whether a newer good version stands in it. */
async function noteBadRows(session: Session, { stream }: Batch): Promise<void> {
  const field = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const cursor = field && quoted(field.column);
  const isNewer = cursor
    ? `case when good.${cursor} > wrong.${cursor} then true when good.${cursor} < wrong.${cursor} then false else good.rowid > wrong.rowid end`
    : 'good.rowid > wrong.rowid';
  await session.run(`create or replace temp table bad_at as
    select rowid - (select min(rowid) from clean) as _at, _source_id,
      exists (select 1 from clean as good where good._source_id = wrong._source_id and good._row_hash is not null and ${isNewer}) as _is_superseded
    from clean as wrong where _row_hash is null`);
}

/** Leaves the newest good version of each key: by cursor, then by place in the file. */
async function removeOlderVersions(session: Session, { stream }: Batch): Promise<void> {
  const field = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const order = field ? `${quoted(field.column)} desc nulls last, rowid desc` : 'rowid desc';
  await session.run(`delete from clean where rowid in (
    select rowid from (
      select rowid, row_number() over (partition by _source_id order by ${order}) as _rank from clean where _row_hash is not null
    ) where _rank > 1)`);
}
