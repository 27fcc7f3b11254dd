import { type Field, MillraceError } from '../../connectors/kit';
import { type Batch, literal, quoted, type Session } from '../warehouse';

/** How the records of a batch are read, as text, under the names that the vendor gave their fields. */
export interface Records {
  /** For FROM: a column for each field of the contract, and what `extra` needs. */
  relation: string;
  /** SQL for the unknown fields of a record, as one JSON object, or NULL. */
  extra: string;
  /** Unknown fields that hold a value somewhere in the batch. */
  drift: string[];
}

/** More columns than this in one reader cost more than looking at each record's own names. */
const MAX_UNKNOWN_COLUMNS = 200;

/**
 * Decides how to read a batch. Whoever spooled it knows the names in it, so a batch without drift costs nothing more; for
 * unknown names the reader gets more columns. A field that is null counts as not sent.
 * Error: `contract_broken` when the policy is `freeze` and there is an unknown field.
 */
export async function recordsOf(session: Session, batch: Batch): Promise<Records> {
  if (batch.format !== undefined) return frozenOr(batch, await fileRecords(session, batch, batch.format));
  const { stream } = batch;
  const names = stream.isProjected ? [] : (batch.fields ?? (await namesIn(session, batch)));
  const known = new Set(stream.fields.map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return { relation: reader(batch, []), extra: NO_EXTRA, drift: [] };
  const records = areColumns([...known, ...unknown])
    ? await inColumns(session, unknown, reader(batch, unknown))
    : await besideLines(session, batch);
  return frozenOr(batch, records);
}

/** FROM of the records as they came: _at (place in the file, from 0) and _line (a JSON object). */
export function linesOf(batch: Batch, { relation }: Records): string {
  return batch.format === undefined
    ? `(select row_number() over () - 1 as _at, cast(json as varchar) as _line from ${jsonLines(batch)})`
    : `(select _at, cast(to_json(_record) as varchar) as _line from (select row_number() over () - 1 as _at, _record from ${relation} as _record))`;
}

/** FROM of what stands in `lines` (columns _line and others), taken apart into the fields of the contract. */
export function takenApart(lines: string, fields: readonly Field[]): string {
  const shape = JSON.stringify(Object.fromEntries(fields.map(({ name, kind }) => [name, typeOf(kind)])));
  return `(select * exclude (_parts), unnest(_parts) from (select *, json_transform(_line, ${literal(shape)}) as _parts from ${lines}))`;
}

/** SQL for the names in the JSON object `line` that hold a value and that the contract does not know, as a sorted list. */
export function unknownIn(line: string, fields: readonly Field[]): string {
  const known = fields.map(({ name }) => literal(name)).join(', ');
  const isUnknown = `not list_contains([${known}], name) and json_type(${line}, ${pathOf('name')}) <> 'NULL'`;
  return `list_sort(list_filter(json_keys(${line}), lambda name: ${isUnknown}))`;
}

const NO_EXTRA = 'cast(null as json)';

/** A JSON pointer: a path of the other kind takes a field named * for a wildcard. */
const pathOf = (name: string) => `'/' || replace(replace(${name}, '~', '~0'), '/', '~1')`;

const typeOf = (kind: Field['kind']) => (kind.kind === 'json' ? 'JSON' : 'VARCHAR');

/** No line is longer than the largest page; the reader takes a multiple of this for each thread. */
const objectSize = ({ largestPage = 64 * 1024 * 1024 }: Batch) => Math.max(largestPage, 1024 * 1024);

const jsonLines = (batch: Batch) =>
  `read_json_objects(${literal(batch.file)}, format = 'newline_delimited', maximum_object_size = ${objectSize(batch)})`;

function reader(batch: Batch, unknown: readonly string[]): string {
  const columns = [
    ...batch.stream.fields.map(({ name, kind }) => `${quoted(name)}: '${typeOf(kind)}'`),
    ...unknown.map((name) => `${quoted(name)}: 'JSON'`),
  ];
  return `read_json(${literal(batch.file)}, format = 'newline_delimited', columns = {${columns.join(', ')}}, maximum_object_size = ${objectSize(batch)})`;
}

async function namesIn(session: Session, batch: Batch): Promise<readonly string[]> {
  const rows = await session.rows(`select distinct unnest(json_keys(json)) as name from ${jsonLines(batch)}`);
  return rows.map((row) => String(row.name));
}

/** The columns of a file as text, under the names of the contract; what the file lacks is NULL. */
async function fileRecords(
  session: Session,
  { stream, file }: Batch,
  format: 'csv' | 'parquet',
): Promise<Records> {
  const guessed =
    format === 'csv'
      ? `read_csv(${literal(file)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`
      : `read_parquet(${literal(file)})`;
  const described = await session.rows(`describe select * from ${guessed}`);
  const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
  const columns = [...types.keys()].map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  const source =
    format === 'csv'
      ? `read_csv(${literal(file)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${columns}})`
      : guessed;
  const fields = stream.fields.map(({ name, kind }) => {
    const type = types.get(name);
    if (type === undefined) return `cast(null as ${typeOf(kind)}) as ${quoted(name)}`;
    const isNested = /[[(]/.test(type) && !type.startsWith('DECIMAL');
    const text = isNested ? `cast(to_json(${quoted(name)}) as varchar)` : `cast(${quoted(name)} as varchar)`;
    const value =
      kind.kind === 'json'
        ? `case when json_valid(${text}) then cast(${text} as json) else to_json(${text}) end`
        : text;
    return `${value} as ${quoted(name)}`;
  });
  const known = new Set(stream.fields.map(({ name }) => name));
  const unknown = [...types.keys()].filter((name) => !known.has(name)).sort();
  const relation = (extra: readonly string[]) =>
    `(select ${[...fields, ...extra].join(', ')} from ${source})`;
  if (unknown.length === 0) return { relation: relation([]), extra: NO_EXTRA, drift: [] };
  return inColumns(
    session,
    unknown,
    relation(unknown.map((name) => `to_json(${quoted(name)}) as ${quoted(name)}`)),
  );
}

/** DuckDB's columns do not tell capitals from small letters. */
function areColumns(names: readonly string[]): boolean {
  const distinct = new Set(names.map((name) => name.toLowerCase()));
  return distinct.size === names.length && names.length <= MAX_UNKNOWN_COLUMNS;
}

async function inColumns(session: Session, unknown: readonly string[], relation: string): Promise<Records> {
  const counts = unknown.map((name, index) => `count(${quoted(name)}) as c${index}`).join(', ');
  const [counted] = await session.rows(`select ${counts} from ${relation}`);
  const members = unknown.map(
    (name) => `${literal(`${JSON.stringify(name)}:`)} || cast(${quoted(name)} as varchar)`,
  );
  return {
    relation,
    extra: `cast(nullif('{' || concat_ws(',', ${members.join(', ')}) || '}', '{}') as json)`,
    drift: unknown.filter((_, index) => Number(counted?.[`c${index}`]) > 0),
  };
}

/** Reads each record twice, whole and taken apart: for records whose names are no columns. */
async function besideLines(session: Session, batch: Batch): Promise<Records> {
  const { fields } = batch.stream;
  const lines = `(select cast(json as varchar) as _line from ${jsonLines(batch)})`;
  const rows = await session.rows(
    `select distinct unnest(${unknownIn('_line', fields)}) as field from ${lines}`,
  );
  const member = `lambda name: to_json(name) || ':' || cast(json_extract(_line, ${pathOf('name')}) as varchar)`;
  return {
    relation: takenApart(lines, fields),
    extra: `cast(nullif('{' || list_aggregate(list_transform(${unknownIn('_line', fields)}, ${member}), 'string_agg', ',') || '}', '{}') as json)`,
    drift: rows.map((row) => String(row.field)).sort(),
  };
}

function frozenOr(batch: Batch, records: Records): Records {
  if (batch.drift !== 'freeze' || records.drift.length === 0) return records;
  const { connection, stream } = batch;
  throw new MillraceError('contract_broken', {
    what: `The vendor sends fields that the contract does not name: ${records.drift.join(', ')}`,
    where: `connection ${connection}, stream ${stream.name}`,
    todo: 'Nothing was loaded. Add the fields to the contract, or let the stream go on with another drift policy',
  });
}
