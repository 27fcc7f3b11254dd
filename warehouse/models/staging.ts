import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MillraceError, messageOf, type Stream } from '../../connectors/kit';
import { type Dialect, quoted, rawTable, type Session } from '../warehouse';
import { connectorStaging, type ModelFile } from './modelFile';

/** A configured source, as far as models need it. */
export interface ModelConnection {
  name: string;
  connector: string;
  streams: readonly Stream[];
}

interface Part {
  connection: ModelConnection;
  model: ModelFile;
}

/** The connectors' selects that feed one entity, one for each connection. */
function partsOf(entity: ModelFile, connections: readonly ModelConnection[]): Part[] {
  return connections.flatMap((connection) => {
    const model = connectorStaging(connection.connector, entity.name.replace('staging.', ''));
    return model ? [{ connection, model }] : [];
  });
}

/** View staging.<entity>: the contract's columns, in its types, from every connection that has such records. */
export async function createStagingView(
  session: Session,
  dialect: Dialect,
  entity: ModelFile,
  connections: readonly ModelConnection[],
): Promise<void> {
  const columns = await dialect.columnsOf(session, entity.sql);
  const list = columns
    .map(({ name, type }) => `cast(${quoted(name)} as ${type}) as ${quoted(name)}`)
    .join(', ');
  const selects: string[] = [];
  for (const part of partsOf(entity, connections)) {
    const sql = withRawTables(part.model.sql, part.connection.name);
    await explain(session, dialect, part, `select ${list} from (${sql}\n) as part`);
    selects.push(`select ${list} from (${sql}\n) as part`);
  }
  await session.run(`drop view if exists ${entity.name}`);
  await session.run(`create view ${entity.name} as ${selects.join('\nunion all\n') || entity.sql}`);
}

/** Which staging entities read one of the changed streams (`connection.stream`). */
export function changedEntities(
  entities: readonly ModelFile[],
  connections: readonly ModelConnection[],
  changed: ReadonlySet<string>,
): Set<string> {
  const reads = ({ connection, model }: Part) =>
    model.header.sources.some((source) => changed.has(`${connection.name}.${streamOf(source)}`));
  return new Set(
    entities.filter((entity) => partsOf(entity, connections).some(reads)).map(({ name }) => name),
  );
}

/** raw.orders__history → orders */
const streamOf = (source: string) => source.replace(/^raw\./, '').replace(/__history$/, '');

const withRawTables = (sql: string, connection: string) =>
  sql.replace(/\braw\.([a-z0-9_]+)\b/g, (_match, table: string) => rawTable(connection, table));

async function explain(
  session: Session,
  dialect: Dialect,
  { connection, model }: Part,
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

const csvOf = (seed: ModelFile) => seed.file.replace(/\.sql$/, '.csv');

/** Table seeds.<name> from its CSV, in the types of its contract. */
export async function loadSeed(session: Session, dialect: Dialect, seed: ModelFile): Promise<void> {
  await session.run(`drop table if exists ${seed.name}`);
  await session.run(`create table ${seed.name} as ${seed.sql}`);
  await dialect.loadCsv(session, seed.name, await dialect.columnsOf(session, seed.sql), csvOf(seed));
}

/** Changes when a model, a seed, a staging file or the set of connections changes. */
export function modelsHash(
  models: readonly ModelFile[],
  entities: readonly ModelFile[],
  seeds: readonly ModelFile[],
  connections: readonly ModelConnection[],
): string {
  const hash = createHash('sha256');
  for (const seed of seeds) hash.update(`${seed.name}\n${seed.sql}\n`).update(readFileSync(csvOf(seed)));
  for (const model of [...models, ...entities]) hash.update(`${model.name}\n${model.sql}\n`);
  for (const entity of entities) {
    for (const { connection, model } of partsOf(entity, connections))
      hash.update(`${connection.name}\n${model.sql}\n`);
  }
  return hash.digest('hex');
}

/** The raw streams that a connector's staging file of an entity reads; the first gives the record itself. */
export function stagingSources(connector: string, entity: string): string[] {
  return connectorStaging(connector, entity)?.header.sources.map(streamOf) ?? [];
}
