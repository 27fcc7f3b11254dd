import { MillraceError, type Stream } from '../connectors/kit';
import { DELETE_BRAKE, quoted, type Session, type Value } from './warehouse';

/** Rows of a raw table that would be marked as deleted. */
export interface GoneRows {
  table: string;
  /** Condition on the table's columns; its placeholders take `values`. */
  where: string;
  values: readonly Value[];
}

interface Preview {
  runId: string;
  connection: string;
  stream: Stream;
  status: 'preview' | 'stopped' | 'marked';
  listed: number;
  known: number;
  gone: GoneRows;
  goneCount: number;
  deleted: number;
  revived: number;
}

const EXAMPLES = 20;

/** More than 5 % or 100 rows are not marked unless a person confirms them. One row of ten is 10 %, so small tables stop early. */
export const isOverBrake = (gone: number, known: number): boolean =>
  gone > DELETE_BRAKE.rows || gone > known * DELETE_BRAKE.share;

export function tooManyDeletes(
  { connection, stream, gone, known }: { connection: string; stream: string; gone: number; known: number },
  command: string,
): MillraceError {
  return new MillraceError('too_many_deletes', {
    what: `${gone} of ${known} rows are gone at the vendor; more than ${DELETE_BRAKE.share * 100} % or ${DELETE_BRAKE.rows} rows are not marked by themselves`,
    where: `connection ${connection}, stream ${stream}`,
    todo: `Look at them with: millrace reconcile ${connection} --stream ${stream}; then run: ${command}`,
  });
}

/**
 * Gone rows that a confirmation does not cover: those outside of the kept preview, which nobody has seen. They have to pass
 * the brake by themselves. Without a kept preview a confirmation covers all.
 */
export async function unconfirmed(
  session: Session,
  connection: string,
  stream: string,
  { table, where, values }: GoneRows,
): Promise<number> {
  const key = [connection, stream];
  const [kept] = await session.rows(
    'select count(*) as n from meta.delete_preview_row where connection = ? and stream = ?',
    key,
  );
  if (Number(kept?.n) === 0) return 0;
  const [row] = await session.rows(
    `select count(*) as n from ${table} where ${where} and not exists (
       select 1 from meta.delete_preview_row as seen
       where seen.connection = ? and seen.stream = ? and seen.source_id = ${table}._source_id)`,
    [...values, ...key],
  );
  return Number(row?.n);
}

/** Writes down what was found, with examples and the money in it. Rows that wait for a confirmation are kept by their keys. */
export async function keepPreview(session: Session, preview: Preview): Promise<void> {
  const { runId, connection, stream, gone, status } = preview;
  const { table, where, values } = gone;
  const amount = stream.fields.find(({ name }) => name === stream.amount);
  const label = stream.fields.find(
    ({ name, kind, isRequired }) => kind.kind === 'text' && isRequired && !stream.key.includes(name),
  );
  const examples = await session.rows(
    `select _source_id as source_id${label ? `, ${quoted(label.column)} as label` : ''}${amount ? `, ${quoted(amount.column)} as amount_cny` : ''}, _extracted_at as last_extracted_at
     from ${table} where ${where} order by _source_id limit ${EXAMPLES}`,
    values,
  );
  const [sum] = await session.rows(
    `select ${amount ? `sum(${quoted(amount.column)})` : 'null'} as amount from ${table} where ${where}`,
    values,
  );
  const { listed, known, goneCount, deleted, revived } = preview;
  const counts = [listed, known, goneCount, deleted, revived];
  await session.run(
    `insert into meta.delete_preview values (?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as decimal(18, 2)), ?, utc_now())
     on conflict (run_id, connection, stream) do update set status = excluded.status, listed_keys = excluded.listed_keys,
       known_rows = excluded.known_rows, gone_rows = excluded.gone_rows, deleted_rows = excluded.deleted_rows,
       revived_rows = excluded.revived_rows, amount_cny = excluded.amount_cny, examples = excluded.examples,
       previewed_at = excluded.previewed_at`,
    [runId, connection, stream.name, status, ...counts, sum?.amount ?? null, JSON.stringify(examples)],
  );
  await session.run('delete from meta.delete_preview_row where connection = ? and stream = ?', [
    connection,
    stream.name,
  ]);
  if (status === 'marked') return;
  await session.run(
    `insert into meta.delete_preview_row select cast(? as varchar), cast(? as varchar), _source_id from ${table} where ${where}`,
    [connection, stream.name, ...values],
  );
}
