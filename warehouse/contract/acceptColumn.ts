import { columnName, type Field, type FieldKind, MillraceError, type Stream } from '../../connectors/kit';
import { rowHash } from '../check/checkBatch';
import { ruleOf } from '../check/columns';
import { lockStream } from '../streamLock';
import { quoted, rawTable, type Session, type Warehouse } from '../warehouse';
import { contractVersion, noteContract } from './contractVersion';
import { effectiveStream } from './effectiveStream';
import { takenFromExtra } from './fieldValues';

export interface AcceptRequest {
  connection: string;
  /** The connector's stream. */
  stream: Stream;
  /** As the vendor names it. */
  field: string;
  kind: FieldKind;
  /** Name of the column, where the vendor's name gives none that can be read (备注 would be __). */
  column?: string;
  by: string;
  /** Although some values do not fit: they stay in _extra, the column is NULL there. */
  isForced: boolean;
}

export interface AcceptedColumn {
  column: string;
  kind: string;
  contractVersion: string;
  /** Rows whose value went into the column. */
  filledRows: number;
  unfitRows: number;
}

/** Columns of every raw table (prepareStream.ts). */
const SYSTEM = /^_(source_id|connection|sync_id|extracted_at|first_extracted_at|row_hash|extra|deleted_at)$/;

/**
 * Makes a column of an unknown field: adds it to the raw table, fills it from `_extra` by the loader's own rules, takes the
 * field out of `_extra`, computes row hashes anew so that the next sync finds nothing changed, and sets a new contract
 * version, all in one transaction. From then on the field is checked as any other that may be missing.
 * Errors: `values_do_not_fit` unless forced, `bad_request`, `not_found`.
 */
export async function acceptColumn(warehouse: Warehouse, request: AcceptRequest): Promise<AcceptedColumn> {
  const { connection, by } = request;
  await warehouse.prepareStream(connection, await effectiveStream(warehouse, connection, request.stream));
  return warehouse.transaction(async (session) => {
    await lockStream(session, connection, request.stream.name);
    const before = await effectiveStream(session, connection, request.stream);
    const field = await newField(session, request, before);
    const after = { ...before, fields: [...before.fields, field] };
    await takeOver(warehouse, session, connection, before, field);
    const [counted] = await session.rows(
      'select count(*) filter (where _is_filled) as filled, count(*) filter (where _is_unfit) as unfit from taken_over',
    );
    const filledRows = Number(counted?.filled);
    const unfitRows = Number(counted?.unfit);
    if (unfitRows > 0 && !request.isForced) throw doNotFit(request, unfitRows);
    const table = rawTable(connection, before.name);
    const column = quoted(field.column);
    await session.run(`alter table ${table} add column ${column} ${ruleOf(field.kind).type}`);
    await session.run(
      `update ${table} set ${column} = taken_over.${column}, _extra = taken_over._extra, _row_hash = taken_over._row_hash
       from taken_over where taken_over._source_id = ${table}._source_id`,
    );
    await session.run('drop table taken_over');
    await noteContract(session, connection, after);
    const version = contractVersion(after);
    await session.run(
      `insert into meta.accepted_column (connection, stream, field, column_name, kind, contract_version, filled_rows, unfit_rows, accepted_at, accepted_by)
       values (?, ?, ?, ?, ?, ?, ?, ?, timezone('UTC', now()), ?)`,
      [
        connection,
        before.name,
        field.name,
        field.column,
        JSON.stringify(field.kind),
        version,
        filledRows,
        unfitRows,
        by,
      ],
    );
    return { column: field.column, kind: field.kind.kind, contractVersion: version, filledRows, unfitRows };
  });
}

/** Temp table `taken_over`: every row of the raw table as the loader would have made it with the new column. */
async function takeOver(
  warehouse: Warehouse,
  session: Session,
  connection: string,
  { name, fields }: Stream,
  field: Field,
): Promise<void> {
  const old = fields.map(({ column }) => quoted(column)).join(', ');
  const column = quoted(field.column);
  const taken = takenFromExtra(field);
  await warehouse.dialect.throughDuckDb(session, {
    source: `select _source_id, _extra, ${old} from ${rawTable(connection, name)}`,
    select: (
      relation,
    ) => `select _source_id, _extra, ${column}, ${rowHash(`${old}, ${column}`)} as _row_hash, _is_filled, _is_unfit
      from (
        select _source_id, ${old}, ${column}, case when _is_there and not _is_unfit then ${taken.rest} else _extra end as _extra,
          ${column} is not null as _is_filled, _is_unfit
        from (
          select _source_id, _extra, ${old}, ${taken.typed}, _is_there, ${taken.reasons} is not null as _is_unfit
          from (select *, ${taken.isThere} as _is_there, ${taken.raw} from ${relation} as stored) as with_value
        ) as with_column
      ) as complete`,
    table: 'taken_over',
  });
}

async function newField(session: Session, request: AcceptRequest, stream: Stream): Promise<Field> {
  const { connection, field: name, kind } = request;
  const column = request.column ?? columnName(name);
  const refuse = (what: string, todo: string) =>
    new MillraceError('bad_request', {
      what,
      where: `connection ${connection}, stream ${stream.name}`,
      todo,
    });
  if (stream.fields.some((field) => field.name === name))
    throw refuse(`${name} is in the contract already`, 'Nothing: a model can read it');
  if (!/^[a-z_][a-z0-9_]*$/.test(column) || !/[a-z0-9]/.test(column))
    throw refuse(
      `"${column}" is no name for a column`,
      'Give one of small letters, digits and _ with --column, for example --column remark',
    );
  if (SYSTEM.test(column) || stream.fields.some((field) => field.column === column))
    throw refuse(
      `${name} would be column ${column}, which the table has`,
      'Give the column another name with --column',
    );
  if (Buffer.byteLength(column) > 63)
    throw refuse(`${name} is longer than a column name can be`, 'Give a shorter one with --column');
  const [seen] = await session.rows(
    'select count(*) as n from meta.unknown_field where connection = ? and stream = ? and field = ?',
    [connection, stream.name, name],
  );
  if (Number(seen?.n) === 0) {
    throw new MillraceError('not_found', {
      what: `No unknown field ${name} was seen`,
      where: `connection ${connection}, stream ${stream.name}`,
      todo: `List them with: millrace columns list ${connection}`,
    });
  }
  return { name, column, kind, isRequired: false };
}

function doNotFit({ connection, stream, field, kind }: AcceptRequest, rows: number): MillraceError {
  const { expected } = ruleOf(kind);
  const place = `${connection}.${stream.name}.${field}`;
  return new MillraceError('values_do_not_fit', {
    what: `${rows} rows have a ${field} that is not ${expected ?? kind.kind}`,
    where: `connection ${connection}, stream ${stream.name}`,
    todo: `Look at them with: millrace columns show ${place}; accept it as another kind (--as text), or leave these rows NULL with --force`,
  });
}
