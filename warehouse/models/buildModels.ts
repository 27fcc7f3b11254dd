import { MillraceError, messageOf } from '../../connectors/kit';
import { type Dialect, literal, quoted, type Session, type Warehouse } from '../warehouse';
import { ensureFrozenCopy, FROZEN_COPIES, frozenSourceOf } from './frozenCopies';
import { type ModelFile, modelFiles, modelsFolder } from './modelFile';
import { downstream, inOrder } from './order';
import { checkSources } from './sourcesRead';
import { changedEntities, createStagingView, loadSeed, type ModelConnection, modelsHash } from './staging';
import { runModelTests } from './tests';

export interface BuildRequest {
  runId: string;
  connections: readonly ModelConnection[];
  /** The as-of day, `YYYY-MM-DD`: business_today() in every model. */
  asOfDate: string;
  /** Builds everything, also what no change reached. Default: what reads streams that changed since the last generation. */
  isAll?: boolean;
  /** Only these models and what reads them (`core.customer`, `marts.collection`). */
  select?: readonly string[];
  /** Another folder of models, for tests. */
  folder?: string;
  /** Staging tables stand already (tests put rows there); no views are made over raw. */
  keepStaging?: boolean;
}

interface BuiltModel {
  model: string;
  rows: number;
  seconds: number;
}

export interface BuildResult {
  /** Undefined when nothing had to be built. */
  generation: number | undefined;
  models: BuiltModel[];
  tests: number;
  seconds: number;
}

/**
 * Builds one generation in one transaction: tables, tests, publication. Readers see the old generation until the commit.
 * Errors: `model_failed` (SQL, header), `test_failed` (with the rows); both leave the published generation as it was.
 */
export async function buildModels(warehouse: Warehouse, request: BuildRequest): Promise<BuildResult> {
  const folder = request.folder ?? modelsFolder;
  const { dialect } = warehouse;
  const entities = modelFiles('staging', folder);
  const models = inOrder([...modelFiles('core', folder), ...modelFiles('marts', folder)].map(frozenSourceOf));
  for (const { name, streams } of request.connections) {
    for (const stream of streams) await warehouse.prepareStream(name, stream);
  }
  const started = Date.now();
  return await warehouse.transaction(async (session) => {
    const seeds = modelFiles('seeds', folder);
    const hash = modelsHash(models, entities, seeds, request.connections);
    const wanted = await wantedModels(session, request, models, entities, hash);
    if (wanted.size === 0) return { generation: undefined, models: [], tests: 0, seconds: 0 };
    await fixTime(session, dialect, request.asOfDate);
    for (const seed of seeds) await loadSeed(session, dialect, seed);
    if (!request.keepStaging) {
      for (const entity of entities) await createStagingView(session, dialect, entity, request.connections);
    }
    const built: BuiltModel[] = [];
    for (const model of models.filter(({ name }) => wanted.has(name)))
      built.push(await buildOne(session, dialect, model));
    const tests = await runModelTests(session, modelFiles('tests', folder), wanted);
    const seconds = (Date.now() - started) / 1_000;
    const generation = await publish(session, request, hash, built, seconds);
    return { generation, models: built, tests, seconds };
  });
}

/** All models unless something was published before from the same files for the same day; then what is downstream of the changes. */
async function wantedModels(
  session: Session,
  { asOfDate, isAll, select, connections }: BuildRequest,
  models: readonly ModelFile[],
  entities: readonly ModelFile[],
  hash: string,
): Promise<Set<string>> {
  const all = new Set(models.map(({ name }) => name));
  const [last] = await session.rows(
    'select as_of_date, models_hash from meta.generation order by generation desc limit 1',
  );
  if (isAll || !last || last.as_of_date !== asOfDate || last.models_hash !== hash) return all;
  if (select) {
    const unknown = select.filter((name) => !all.has(name));
    if (unknown.length > 0) {
      throw new MillraceError('not_found', {
        what: `There is no model ${unknown.join(', ')}`,
        todo: `Models: ${[...all].sort().join(', ')}`,
      });
    }
    return intersection(downstream(models, new Set(select)), all);
  }
  const changed = changedEntities(entities, connections, await changedStreams(session));
  const frozen = await frozenSince(session);
  return intersection(downstream(models, new Set([...changed, ...frozen])), all);
}

/**
 * Streams (`connection.stream`) with rows committed after the last generation began. From the record, not from the caller:
 * so a build that failed or was killed leaves its changes to the next one. Loads and builds take turns, none is half seen.
 */
async function changedStreams(session: Session): Promise<Set<string>> {
  const rows = await session.rows(
    `select distinct connection || '.' || stream as name from meta.run_stream
     where loaded_rows + deleted_rows > 0 and (ended_at is null or ended_at >= (select max(known_at) from meta.generation))`,
  );
  return new Set(rows.map((row) => String(row.name)));
}

/** The frozen tables, when a month was frozen after the last generation began. */
async function frozenSince(session: Session): Promise<string[]> {
  const [row] = await session.rows(
    'select count(*) as n from ops.frozen_month where frozen_at >= (select max(known_at) from meta.generation)',
  );
  return Number(row?.n) > 0 ? Object.keys(FROZEN_COPIES) : [];
}

const intersection = (some: ReadonlySet<string>, all: ReadonlySet<string>) =>
  new Set([...some].filter((name) => all.has(name)));

/** business_today() and known_at() stay the same during a build, on every model. */
async function fixTime(session: Session, dialect: Dialect, asOfDate: string): Promise<void> {
  const [now] = await session.rows("select cast(timezone('UTC', now()) as varchar) as now");
  await dialect.defineConstant(session, 'business_today', 'date', asOfDate);
  await dialect.defineConstant(session, 'known_at', 'timestamp', String(now?.now));
}

async function buildOne(session: Session, dialect: Dialect, model: ModelFile): Promise<BuiltModel> {
  const started = performance.now();
  await checkSources(session, model);
  try {
    await session.run(`drop table if exists ${model.name}`);
    await session.run(`create table ${model.name} as ${model.sql}`);
  } catch (cause) {
    throw new MillraceError('model_failed', {
      what: `A model could not be built: ${messageOf(cause)}`,
      where: `file ${model.file}`,
      todo: 'Correct the SQL; the published tables are unchanged',
      cause,
    });
  }
  const rows = await checkKey(session, model);
  await comment(session, model);
  await ensureFrozenCopy(session, dialect, model.name);
  return { model: model.name, rows, seconds: (performance.now() - started) / 1_000 };
}

/** The key of the header: no NULL, no two rows alike. Gives the number of rows. */
async function checkKey(session: Session, { name, file, header }: ModelFile): Promise<number> {
  const [all] = await session.rows(`select count(*) as n from ${name}`);
  if (header.key.length > 0) {
    const key = header.key.map(quoted).join(', ');
    const someNull = header.key.map((column) => `${quoted(column)} is null`).join(' or ');
    const bad = await session.rows(
      `select ${key}, count(*) as row_count from ${name} group by ${key} having count(*) > 1 or ${someNull} limit 5`,
    );
    if (bad.length > 0) {
      throw new MillraceError('test_failed', {
        what: `The key of ${name} is not unique or has NULLs, for example ${JSON.stringify(bad)}`,
        where: `file ${file}`,
        todo: 'Look at these rows; the published tables are unchanged',
      });
    }
  }
  return Number(all?.n);
}

async function comment(session: Session, { name, header }: ModelFile): Promise<void> {
  await session.run(`comment on table ${name} is ${literal(`${header.what} Grain: ${header.grain}`)}`);
  for (const [column, meaning] of header.columns) {
    await session.run(`comment on column ${name}.${quoted(column)} is ${literal(meaning)}`);
  }
}

async function publish(
  session: Session,
  { runId, asOfDate }: BuildRequest,
  hash: string,
  built: readonly BuiltModel[],
  seconds: number,
): Promise<number> {
  const [last] = await session.rows('select coalesce(max(generation), 0) as n from meta.generation');
  const generation = Number(last?.n) + 1;
  await session.run(
    "insert into meta.generation values (?, ?, ?, known_at(), timezone('UTC', now()), ?, ?)",
    [generation, runId, asOfDate, hash, seconds],
  );
  for (const { model, rows, seconds: took } of built) {
    await session.run('insert into meta.model_run values (?, ?, ?, ?)', [generation, model, rows, took]);
  }
  return generation;
}
