import { MillraceError } from '../../connectors/kit';
import { type Batch, literal, quoted, type Session } from '../warehouse';
import { readerColumns, reasonsOf, typedColumns } from './columns';
import { createBadTable } from './quarantined';
import { createDriftTable, createUnknownFieldTable } from './unknownFields';

/** What a checked batch holds; its rows stand in the temp tables that {@link checkBatch} names. */
export interface Checked {
  /** Records with at least one reason, each with its raw line in `bad`. */
  bad: number;
  /** Rows of `clean`: one for each key, so older duplicates within the batch are not among them. */
  clean: number;
}

/**
 * Takes a spool file apart and checks it, in DuckDB whatever the warehouse's engine is, so that checks exist once.
 * It leaves three temp tables in the session; the caller drops them:
 * - `clean`: _source_id, _row_hash, _extra (JSON of unknown fields or NULL) and the contract's typed columns;
 * - `bad`: record_hash, source_id, reasons, amount_cny, raw (the line as it came), one row for each distinct line;
 * - `drift`: field, one row for each name that the contract does not know.
 */
export async function checkBatch(session: Session, batch: Batch): Promise<Checked> {
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
  const bad = Number(staged?.bad);
  const keys = Number(staged?.keys);
  await createBadTable(session, batch, bad);
  await createUnknownFieldTable(session, batch);
  await createDriftTable(session);
  await createCleanTable(session, batch, keys < batch.read - bad);
  await session.run('drop table stage');
  await session.run('drop table unknown_field');
  return { bad, clean: keys };
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

/** The newest version of each key: by cursor, then by place in the file. */
async function createCleanTable(session: Session, { stream }: Batch, hasDuplicates: boolean): Promise<void> {
  const columns = stream.fields.map((field) => quoted(field.column));
  const cursorField = stream.fields.find(({ name }) => name === stream.cursor?.field);
  const cursor = cursorField && quoted(cursorField.column);
  const hashed = columns.map((column) => `coalesce(cast(${column} as varchar), chr(30))`).join(', ');
  const newest = `row_number() over (partition by _source_id order by ${cursor ? `${cursor} desc nulls last, ` : ''}_ordinal desc)`;
  const good = 'select * from stage where _reasons is null';
  await session.run(`create or replace temp table clean as
    select _source_id, md5(concat_ws(chr(31), ${hashed}, cast(_extra as varchar))) as _row_hash, _extra, ${columns.join(', ')}
    from (${hasDuplicates ? `select * from (select *, ${newest} as _rank from (${good})) where _rank = 1` : good}) as one
    left join unknown_field on unknown_field._at = one._ordinal`);
}
