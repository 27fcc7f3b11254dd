import { createHash } from 'node:crypto';
import type { Session, Value, Warehouse } from '../warehouse';
import type { BuildRequest, BuiltModel } from './build';
import type { TestResult } from './modelTests';
import type { Model, Project } from './project';
import { type StagingParts, streamsOf } from './staging';

/** Tests that held are kept so many days, tests that failed for ever. */
const KEPT_DAYS = 30;

interface ToPublish {
  hash: string;
  project: Project;
  parts: StagingParts;
  built: readonly BuiltModel[];
  /** Models that nothing reached although a source of a source changed: what is published of them holds for this generation too. */
  untouched: readonly string[];
  tests: readonly TestResult[];
  seconds: number;
}

/** Writes a generation into the record; its number. Readers see it from the commit on. */
export async function publish(
  session: Session,
  { runId, asOfDate }: BuildRequest,
  { hash, project, parts, built, untouched, tests, seconds }: ToPublish,
): Promise<number> {
  const [last] = await session.rows('select coalesce(max(generation), 0) as n from meta.generation');
  const generation = Number(last?.n) + 1;
  await session.run('insert into meta.generation values (?, ?, ?, known_at(), utc_now(), ?, ?)', [
    generation,
    runId,
    asOfDate,
    hash,
    seconds,
  ]);
  await session.run(
    'insert into meta.generation_input select ?, table_name, writes from meta.written_table',
    [generation],
  );
  await insert(
    session,
    'meta.model_run (generation, model, row_count, seconds, method, reason, changed_keys)',
    built.map(({ model, rows, seconds: took, method, reason, changedKeys }) => [
      generation,
      model,
      rows,
      took,
      method,
      reason,
      changedKeys,
    ]),
  );
  const names = new Set([...built.map(({ model }) => model), ...untouched]);
  await describe(
    session,
    generation,
    project.models.filter(({ name }) => names.has(name)),
  );
  await noteSources(session, project, parts);
  await keepTests(session, runId, generation, tests);
  await session.run(
    `delete from meta.model_test_run where returned_rows = 0 and tested_at < utc_now() - interval '${KEPT_DAYS} days'`,
  );
  return generation;
}

/** Keeps the test results of a build that was stopped, in a transaction of their own: its run shows them. */
export async function keepFailedTests(
  warehouse: Warehouse,
  runId: string,
  tests: readonly TestResult[],
): Promise<void> {
  if (tests.length > 0) await warehouse.transaction((session) => keepTests(session, runId, null, tests));
}

async function keepTests(
  session: Session,
  runId: string,
  generation: number | null,
  tests: readonly TestResult[],
): Promise<void> {
  const [now] = await session.rows('select cast(utc_now() as varchar) as now');
  await insert(
    session,
    'meta.model_test_run',
    tests.map(({ test, model, kind, returnedRows, seconds, sample }) => [
      runId,
      generation,
      test,
      model,
      kind,
      returnedRows,
      seconds,
      returnedRows === 0 ? null : JSON.stringify(sample),
      String(now?.now),
    ]),
  );
}

async function describe(session: Session, generation: number, models: readonly Model[]): Promise<void> {
  if (models.length === 0) return;
  const places = models.map(() => '?').join(', ');
  await session.run(
    `delete from meta.model where model in (${places})`,
    models.map(({ name }) => name),
  );
  const [known] = await session.rows('select cast(known_at() as varchar) as known_at');
  await insert(
    session,
    'meta.model',
    models.map(({ name, layer, header, sql }) => [
      name,
      layer,
      header.what,
      header.grain,
      header.key.join(', '),
      createHash('sha256').update(sql).digest('hex').slice(0, 16),
      generation,
      String(known?.known_at),
    ]),
  );
}

/** Rows of few columns in one statement: one for each would cost more than most models. */
async function insert(session: Session, table: string, rows: readonly (readonly Value[])[]): Promise<void> {
  if (rows.length === 0) return;
  const places = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
  await session.run(`insert into ${table} values ${places}`, rows.flat());
}

/** The edges of the graph, down to streams; rewritten only where they differ. */
async function noteSources(session: Session, { models }: Project, parts: StagingParts): Promise<void> {
  const edges = new Map<string, [string, string, string]>();
  const add = (model: string, source: string, kind: string) =>
    edges.set(`${model} ${source}`, [model, source, kind]);
  for (const { name, reads } of models) for (const source of reads) add(name, source, kindOf(source));
  for (const [entity, of] of parts) {
    for (const part of of) for (const stream of streamsOf(part)) add(entity, stream, 'stream');
  }
  const known = await session.rows('select model, source from meta.model_source');
  const kept = new Set(known.map((row) => `${String(row.model)} ${String(row.source)}`));
  if (kept.size === edges.size && [...edges.keys()].every((edge) => kept.has(edge))) return;
  await session.run('delete from meta.model_source');
  await insert(session, 'meta.model_source', [...edges.values()]);
}

function kindOf(table: string): string {
  const [schema] = table.split('.');
  if (schema === 'core' || schema === 'marts') return 'model';
  return schema === 'staging' ? 'staging' : schema === 'seeds' ? 'seed' : 'table';
}
