import { mergeChanged } from '../merge';
import { type Batch, quoted, rawTable, type Session } from '../warehouse';

/**
 * Merges temp table `clean` by the unique key in one statement: new rows go in, changed and revived ones are written over,
 * older and equal ones are left. The same rules as the merge that both engines run (merge.ts), which copies what changed
 * three times; a stream that keeps snapshots goes that way, since it has to know the rows before. Gives the rows written.
 */
export async function mergeRows(session: Session, batch: Batch): Promise<number> {
  const { connection, stream, syncId, table = stream.name } = batch;
  if (stream.snapshot) return mergeChanged(session, batch);
  const columns = stream.fields.map((field) => quoted(field.column));
  const list = columns.join(', ');
  const written = [
    ...columns,
    '_connection',
    '_sync_id',
    '_extracted_at',
    '_row_hash',
    '_extra',
    '_deleted_at',
  ].map((column) => `${column} = excluded.${column}`);
  const field = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const cursor = field && quoted(field.column);
  const isNewer = cursor ? `and (stored.${cursor} is null or excluded.${cursor} >= stored.${cursor})` : '';
  const [result] = await session.rows(
    `with written as (
       insert into ${rawTable(connection, table)} as stored
         (_source_id, _connection, _sync_id, _extracted_at, _first_extracted_at, _row_hash, _extra, _deleted_at, ${list})
       select _source_id, cast(? as varchar), cast(? as varchar), _now, _now, _row_hash, _extra, cast(null as timestamp), ${list}
       from clean cross join (select utc_now() as _now) as clock
       on conflict (_source_id) do update set ${written.join(', ')}
       where (stored._row_hash <> excluded._row_hash or stored._deleted_at is not null) ${isNewer}
       returning 1
     ) select count(*) as n from written`,
    [connection, syncId],
  );
  return Number(result?.n);
}
