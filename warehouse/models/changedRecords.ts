import type { SqlNode } from '../sqlParser';
import { literal, quoted, rawTable, type Session } from '../warehouse';
import { outputColumns } from './columnOrigins';
import { rawColumns, type StagingPart, streamOf } from './staging';
import { isNode, nodesIn, type TableRead, tablesRead, textsIn, visit } from './sqlTree';

/** A SELECT of (connection, source_id) of the records whose staging rows may differ, or why that cannot be told. */
export type ChangedRecords = { select: string } | { unsure: string };

/**
 * Which records of a staging entity may have other rows than at an instant, from the raw rows that were written since: those of
 * the stream that gives the record itself, and those that a changed row of another stream is joined to. What the SQL of a
 * connector does beyond one row for one record (groups, windows, unions) is not looked through: then nobody is sure.
 */
export async function changedRecords(
  session: Session,
  parts: readonly StagingPart[],
  changed: ReadonlyMap<string, string>,
  knownAt: string,
): Promise<ChangedRecords> {
  const selects: string[] = [];
  for (const part of parts) {
    const streams = part.model.reads.filter((table) => changed.has(fullName(part, table)));
    if (streams.length === 0) continue;
    const [refreshed] = await session.rows(
      `select stream from meta.refresh where connection = ? and status = 'swapped' and ended_at >= cast(? as timestamp)
         and stream in (${streams.map((table) => literal(streamOf(table))).join(', ')})`,
      [part.connection.name, knownAt],
    );
    if (refreshed) return { unsure: `${part.connection.name}.${String(refreshed.stream)} was read anew` };
    const record = recordTable(part);
    if (record === undefined)
      return { unsure: `${part.model.name} of ${part.connection.connector} is not row by row` };
    for (const table of streams) {
      const select =
        table === record
          ? writtenSince(part, table, changed, knownAt)
          : joinedTo(part, record, table, changed, knownAt);
      if (select === undefined) return { unsure: `${fullName(part, table)} changed` };
      selects.push(select);
    }
  }
  return { select: selects.join('\nunion\n') };
}

const fullName = ({ connection }: StagingPart, table: string) => `${connection.name}.${streamOf(table)}`;

export const rawOf = ({ connection }: StagingPart, table: string) =>
  rawTable(connection.name, table.replace(/^raw\./, ''));

/** Rows written since: by their times, and by the runs, should the clock have gone back in between. */
function isWrittenSince(
  part: StagingPart,
  table: string,
  changed: ReadonlyMap<string, string>,
  knownAt: string,
): string {
  const since = `cast(${literal(changed.get(fullName(part, table)) ?? '')} as timestamp)`;
  return `(written._extracted_at >= ${since} or written._deleted_at >= ${since} or written._sync_id in (
    select run_id from meta.run_stream where connection = ${literal(part.connection.name)} and stream = ${literal(streamOf(table))}
      and (ended_at is null or ended_at >= cast(${literal(knownAt)} as timestamp))))`;
}

function writtenSince(
  part: StagingPart,
  table: string,
  changed: ReadonlyMap<string, string>,
  knownAt: string,
): string {
  return `select written._connection as connection, written._source_id as source_id from ${rawOf(part, table)} as written
    where ${isWrittenSince(part, table, changed, knownAt)}`;
}

/** Records joined to a changed row by a column of that row's key, which never changes. Undefined without such a join. */
function joinedTo(
  part: StagingPart,
  record: string,
  table: string,
  changed: ReadonlyMap<string, string>,
  knownAt: string,
): string | undefined {
  if (table.endsWith('__history')) return undefined;
  const stream = part.connection.streams.find(({ name }) => name === streamOf(table));
  const reads = tablesRead(part.model.parsed).map((read) => ({
    ...read,
    alias: read.alias || streamOf(read.table),
  }));
  const [theirs, another] = reads.filter((read) => read.table === table);
  const own = reads.find((read) => read.table === record);
  if (!stream || !theirs || another || !own) return undefined;
  const keys = stream.fields.filter(({ name }) => stream.key.includes(name)).map(({ column }) => column);
  const fixed = joinColumns(part.model.parsed.query, theirs, own).find(([column]) =>
    [...keys, '_source_id'].includes(column),
  );
  if (!fixed) return undefined;
  const [theirColumn, ourColumn] = fixed;
  return `select record._connection as connection, record._source_id as source_id from ${rawOf(part, record)} as record
    where record.${quoted(ourColumn)} in (
      select written.${quoted(theirColumn)} from ${rawOf(part, table)} as written where ${isWrittenSince(part, table, changed, knownAt)})`;
}

/** The columns (theirs, ours) by which a table is joined to the record's table: `theirs.x = ours.y` in that join's condition. */
function joinColumns(query: SqlNode, theirs: TableRead, ours: TableRead): [string, string][] {
  const found: [string, string][] = [];
  const columnOf = (value: unknown, alias: string): string | undefined => {
    const [qualifier, column, more] =
      isNode(value) && value.class === 'COLUMN_REF' ? textsIn(value.column_names) : [];
    return qualifier === alias && more === undefined ? column : undefined;
  };
  const conjunct = (condition: unknown): void => {
    if (!isNode(condition)) return;
    if (condition.type === 'CONJUNCTION_AND') nodesIn(condition.children).forEach(conjunct);
    if (condition.type !== 'COMPARE_EQUAL') return;
    for (const [one, other] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ]) {
      const their = columnOf(one, theirs.alias);
      const our = columnOf(other, ours.alias);
      if (their !== undefined && our !== undefined) found.push([their, our]);
    }
  };
  visit(query, (node) => {
    if (
      node.type === 'JOIN' &&
      isTable(node.right, theirs) &&
      joined(node.left).some((table) => isTable(table, ours))
    )
      conjunct(node.condition);
  });
  return found;
}

const isTable = (node: unknown, { location }: TableRead) =>
  isNode(node) && node.type === 'BASE_TABLE' && node.query_location === location;

/** The tables on one side of a join. */
const joined = (node: unknown): SqlNode[] =>
  !isNode(node) ? [] : node.type === 'JOIN' ? [...joined(node.left), ...joined(node.right)] : [node];

/** The raw table whose rows are the records, when each row of the SQL comes from one of them: by the tree, not by trust. */
export function recordTable(part: StagingPart): string | undefined {
  const { parsed, header } = part.model;
  const [record] = header.sources;
  if (record === undefined || tablesRead(parsed).filter(({ table }) => table === record).length !== 1)
    return undefined;
  let isRowByRow = true;
  visit(parsed.query, (node) => {
    const groups = Array.isArray(node.group_expressions) && node.group_expressions.length > 0;
    const modifiers = Array.isArray(node.modifiers) && node.modifiers.length > 0; // distinct, limit, order
    const isQuery = node.type === 'SET_OPERATION_NODE' || node.type === 'RECURSIVE_CTE_NODE';
    if (groups || modifiers || isQuery || node.class === 'WINDOW' || node.class === 'SUBQUERY')
      isRowByRow = false;
  });
  if (!isRowByRow) return undefined;
  const columns = outputColumns(parsed, rawColumns(part));
  const isOwn = (name: string, raw: string) => {
    const column = columns.find((one) => one.name === name);
    return column?.isPlain === true && column.origins.size === 1 && column.origins.has(`${record}.${raw}`);
  };
  return isOwn('source_id', '_source_id') && isOwn('connection', '_connection') ? record : undefined;
}
