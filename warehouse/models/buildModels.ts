import type { MillraceError } from '../../connectors/kit';
import type { Dialect, Session, Warehouse } from '../warehouse';
import type { BuildRequest, BuildResult, BuiltModel } from './build';
import { Generation } from './generation';
import { checkIncremental, Increments } from './incremental';
import {
  failureOf,
  fileTest,
  headerTests,
  keyTest,
  type ModelTest,
  runTest,
  type TestResult,
} from './modelTests';
import { type Plan, planBuild } from './plan';
import { type Model, type Project, readProject } from './project';
import { keepFailedTests, publish } from './record';
import { loadSeed, modelsHash } from './seeds';
import { createStagingView, type ModelConnection, type StagingParts, stagingParts } from './staging';

const NOTHING: BuildResult = { generation: undefined, models: [], tests: 0, seconds: 0 };

/**
 * Builds one generation in one transaction: tables beside the published ones, tests over them, the swap, the record. Readers
 * see the old generation until the commit and wait for nothing but the swap.
 * Errors: `model_failed` (SQL, header), `test_failed` (with the rows, which the run keeps); both leave the published
 * generation as it was.
 */
export async function buildModels(warehouse: Warehouse, request: BuildRequest): Promise<BuildResult> {
  const project = await readProject(request.folder);
  project.models.forEach(checkIncremental);
  const parts = await stagingParts(project, request.connections);
  const hash = modelsHash(project, parts);
  if (!(await isPublished(warehouse, hash))) await prepareStreams(warehouse, request.connections);
  let results: TestResult[] = [];
  try {
    return await warehouse.transaction(
      (session) => {
        results = []; // a transaction may be run again
        return buildGeneration(session, warehouse.dialect, request, { project, parts, hash }, results);
      },
      { turn: 'build' },
    );
  } catch (error) {
    await keepFailedTests(warehouse, request.runId, results).catch(() => undefined); // the build's own error says more
    throw error;
  }
}

async function buildGeneration(
  session: Session,
  dialect: Dialect,
  request: BuildRequest,
  { project, parts, hash }: { project: Project; parts: StagingParts; hash: string },
  results: TestResult[],
): Promise<BuildResult> {
  const started = performance.now();
  const plan = await planBuild(session, request, project, parts, hash);
  if (plan.wanted.size === 0) return NOTHING;
  const generation = new Generation(session, dialect);
  await fixTime(session, dialect, request.asOfDate);
  await prepareSources(generation, request, project, parts, plan);
  const increments = new Increments(generation, project, plan, request.keepStaging ? undefined : parts);
  const { made, untouched } = await buildReached({ generation, increments, project, plan }, results);
  const built = await counted(generation, made);
  await runTests(generation, project, plan, results);
  await generation.swap();
  await increments.close();
  const seconds = (performance.now() - started) / 1_000;
  const tests = results.filter(({ kind }) => kind !== 'key').length;
  const number = await publish(session, request, {
    hash,
    project,
    parts,
    built,
    untouched,
    tests: results,
    seconds,
  });
  return { generation: number, models: built, tests, seconds };
}

/** The last generation came of the same files and contracts: its raw tables and their columns are there. */
async function isPublished(warehouse: Warehouse, hash: string): Promise<boolean> {
  const [last] = await warehouse.rows(
    'select models_hash from meta.generation order by generation desc limit 1',
  );
  return last?.models_hash === hash;
}

/** Raw tables of streams that were never read, so that staging SQL finds them, empty. */
async function prepareStreams(warehouse: Warehouse, connections: readonly ModelConnection[]): Promise<void> {
  for (const { name, streams } of connections) {
    for (const stream of streams) await warehouse.prepareStream(name, stream);
  }
}

/** business_today() and known_at() stay the same during a build, on every model. */
async function fixTime(session: Session, dialect: Dialect, asOfDate: string): Promise<void> {
  const [now] = await session.rows('select cast(utc_now() as varchar) as now');
  await dialect.defineConstant(session, 'business_today', 'date', asOfDate);
  await dialect.defineConstant(session, 'known_at', 'timestamp', String(now?.now));
}

/** Seeds change only with their files, staging views also with the raw tables below them. */
async function prepareSources(
  generation: Generation,
  { keepStaging }: BuildRequest,
  { seeds, entities, models }: Project,
  parts: StagingParts,
  { isFull, wanted }: Plan,
): Promise<void> {
  const { session, dialect } = generation;
  if (isFull) {
    for (const seed of seeds)
      await generation.create(seed.name, (table) => loadSeed(session, dialect, seed, table));
  }
  if (keepStaging) return;
  const read = new Set(models.filter(({ name }) => wanted.has(name)).flatMap(({ reads }) => reads));
  for (const entity of entities.filter(({ name }) => isFull || read.has(name)))
    await createStagingView(session, dialect, entity, parts.get(entity.name) ?? []);
}

interface Building {
  generation: Generation;
  increments: Increments;
  project: Project;
  plan: Plan;
}

/**
 * The wanted models in their order. Where a change ends (a model has the rows it had) whatever reads only that keeps its table: an
 * event of one kind does not build what reads events of another. `plan.wanted` is left with the models that have other rows.
 */
async function buildReached(
  { generation, increments, project, plan }: Building,
  results: TestResult[],
): Promise<{ made: Omit<BuiltModel, 'rows'>[]; untouched: string[] }> {
  const made: Omit<BuiltModel, 'rows'>[] = [];
  const untouched: string[] = [];
  const { stale, wanted } = plan;
  const changed = new Set<string>();
  for (const model of project.models.filter(({ name }) => wanted.has(name))) {
    const isReached = !stale || stale.has(model.name) || model.reads.some((source) => changed.has(source));
    if (isReached) made.push(await buildOne(generation, increments, model, results));
    else untouched.push(model.name);
    if (isReached && !(stale && (await increments.isSame(model)))) {
      changed.add(model.name);
    } else {
      await generation.discard(model.name);
      wanted.delete(model.name);
    }
  }
  return { made, untouched };
}

/** One model, its key checked at once: a key that is not unique multiplies rows in whatever reads it. */
async function buildOne(
  generation: Generation,
  increments: Increments,
  model: Model,
  results: TestResult[],
): Promise<Omit<BuiltModel, 'rows'>> {
  const started = performance.now();
  const how = await increments.build(model);
  const test = keyTest(model);
  if (test) stopAtFailure([await tested(generation, test, results)]);
  return { model: model.name, seconds: (performance.now() - started) / 1_000, ...how };
}

/** Rows of each table in one statement: one for each would cost more than many models. */
async function counted(
  { session, tableOf }: Generation,
  made: readonly Omit<BuiltModel, 'rows'>[],
): Promise<BuiltModel[]> {
  if (made.length === 0) return [];
  const counts = made.map(({ model }, at) => `(select count(*) from ${tableOf(model)}) as n${at}`);
  const [row = {}] = await session.rows(`select ${counts.join(', ')}`);
  return made.map((one, at) => ({ ...one, rows: Number(row[`n${at}`]) }));
}

/** All tests that read a built table, so that one build tells everything that does not hold. */
async function runTests(
  generation: Generation,
  { models, tests }: Project,
  { wanted }: Plan,
  results: TestResult[],
): Promise<void> {
  const all = [...models.flatMap(headerTests), ...tests.map(fileTest)];
  const outcomes = [];
  for (const test of all.filter(({ reads }) => reads.some((table) => wanted.has(table))))
    outcomes.push(await tested(generation, test, results));
  stopAtFailure(outcomes);
}

async function tested(generation: Generation, test: ModelTest, results: TestResult[]) {
  const result = await runTest(generation.session, test, generation.tableOf);
  results.push(result);
  return { test, result };
}

function stopAtFailure(outcomes: Parameters<typeof failureOf>[0]): void {
  const failure: MillraceError | undefined = failureOf(outcomes);
  if (failure) throw failure;
}
