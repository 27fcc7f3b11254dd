import { MillraceError, messageOf, type Stream } from '../../connectors/kit';
import { type Column, type Dialect, quoted, rawTable, type Session } from '../warehouse';
import type { ColumnsOf } from './columnOrigins';
import { connectorStaging } from './modelFile';
import { type Model, type Project, withSql } from './project';
import { withTables } from './sqlTree';

/** A configured source, as far as models need it. */
export interface ModelConnection {
  name: string;
  connector: string;
  streams: readonly Stream[];
}

/** One connector's select that feeds an entity from one connection. */
export interface StagingPart {
  connection: ModelConnection;
  model: Model;
}

/** The selects that feed each entity, by the entity's name (staging.customer). */
export type StagingParts = ReadonlyMap<string, readonly StagingPart[]>;

/** The staging files of the connections, parsed. Errors: `model_failed`. */
export async function stagingParts(
  { entities, connectorsFolder }: Project,
  connections: readonly ModelConnection[],
): Promise<StagingParts> {
  const parts = new Map<string, StagingPart[]>();
  for (const { name } of entities) {
    const found: StagingPart[] = [];
    for (const connection of connections) {
      const file = connectorStaging(connection.connector, name.replace('staging.', ''), connectorsFolder);
      if (file) found.push({ connection, model: await withSql(file) });
    }
    parts.set(name, found);
  }
  return parts;
}

/** View staging.<entity>: the contract's columns, in its types, from every connection that has such records. */
export async function createStagingView(
  session: Session,
  dialect: Dialect,
  entity: Model,
  parts: readonly StagingPart[],
): Promise<void> {
  const columns = await dialect.columnsOf(session, entity.sql);
  for (const part of parts) await explain(session, dialect, part, inTypes(columns, overRaw(part)));
  await dialect.replaceView(session, entity.name, united(entity, columns, parts));
}

/** What the view selects, over other tables than the raw ones for some of them. */
export async function stagingSelect(
  session: Session,
  dialect: Dialect,
  entity: Model,
  parts: readonly StagingPart[],
  tablesOf: (part: StagingPart) => ReadonlyMap<string, string>,
): Promise<string> {
  return united(entity, await dialect.columnsOf(session, entity.sql), parts, tablesOf);
}

function united(
  entity: Model,
  columns: readonly Column[],
  parts: readonly StagingPart[],
  tablesOf?: (part: StagingPart) => ReadonlyMap<string, string>,
): string {
  const selects = parts.map((part) => inTypes(columns, overRaw(part, tablesOf?.(part))));
  return selects.join('\nunion all\n') || entity.sql;
}

function inTypes(columns: readonly Column[], select: string): string {
  const list = columns.map(({ name, type }) => `cast(${quoted(name)} as ${type}) as ${quoted(name)}`);
  return `select ${list.join(', ')} from (${select}\n) as part`;
}

/** A part's SQL over the connection's raw tables; `tables` names others for some of them (raw.orders). */
function overRaw(
  { connection, model }: StagingPart,
  tables: ReadonlyMap<string, string> = new Map(),
): string {
  return withTables(
    model.parsed,
    new Map(model.reads.map((table) => [table, tables.get(table) ?? rawTable(connection.name, bare(table))])),
  );
}

/** The streams (`connection.stream`) that a part reads. */
export const streamsOf = ({ connection, model }: StagingPart): string[] =>
  model.reads.map((table) => `${connection.name}.${streamOf(table)}`);

/** Entities that read one of the changed streams (`connection.stream`). */
export function changedEntities(parts: StagingParts, changed: ReadonlySet<string>): Set<string> {
  const reached = [...parts].filter(([, of]) =>
    of.some((part) => streamsOf(part).some((name) => changed.has(name))),
  );
  return new Set(reached.map(([entity]) => entity));
}

/** The raw streams that a connector's staging file of an entity reads; the first gives the record itself. */
export function stagingSources(connector: string, entity: string): string[] {
  return connectorStaging(connector, entity)?.header.sources.map(streamOf) ?? [];
}

/** Columns of our own that every raw table has (prepareStream.ts). */
const SYSTEM_COLUMNS = [
  '_source_id',
  '_connection',
  '_sync_id',
  '_extracted_at',
  '_first_extracted_at',
  '_row_hash',
  '_extra',
  '_deleted_at',
];

/** What a stream's raw table holds: our columns and its contract's. A history table holds less, and nobody needs it exact. */
export function rawColumns({ connection }: StagingPart): ColumnsOf {
  return (table) => {
    const stream = connection.streams.find(({ name }) => `raw.${name}` === table);
    return stream && [...SYSTEM_COLUMNS, ...stream.fields.map((field) => field.column)];
  };
}

/** raw.orders__history → orders */
export const streamOf = (source: string): string => bare(source).replace(/__history$/, '');

const bare = (table: string) => table.replace(/^raw\./, '');

async function explain(
  session: Session,
  dialect: Dialect,
  { connection, model }: StagingPart,
  sql: string,
): Promise<void> {
  try {
    await dialect.columnsOf(session, sql);
  } catch (cause) {
    throw new MillraceError('model_failed', {
      what: `A staging model does not give its entity's columns: ${messageOf(cause).split('\n')[0] ?? ''}`,
      where: `file ${model.file}, connection ${connection.name}`,
      todo: `Compare its columns with models/staging/${model.name.replace('staging.', '')}.sql`,
      cause,
    });
  }
}
