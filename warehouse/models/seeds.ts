import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Dialect, Session } from '../warehouse';
import { computedOf } from './computed';
import type { Model, Project } from './project';
import type { StagingParts } from './staging';

const csvOf = (seed: Model) => seed.file.replace(/\.sql$/, '.csv');

/** Fills a new table with a seed's CSV, in the types of its contract. */
export async function loadSeed(
  session: Session,
  dialect: Dialect,
  seed: Model,
  table: string,
): Promise<void> {
  await session.run(`create table ${table} as ${seed.sql}`);
  await dialect.loadCsv(session, table, await dialect.columnsOf(session, seed.sql), csvOf(seed));
}

/** Changes when a model, a seed, a staging file, a connection or a contract changes: everything is built anew then. */
export function modelsHash({ models, entities, seeds }: Project, parts: StagingParts): string {
  const hash = createHash('sha256').update('2\n'); // of the way generations are built
  for (const seed of seeds) hash.update(`${seed.name}\n${seed.sql}\n`).update(readFileSync(csvOf(seed)));
  for (const model of [...models, ...entities])
    hash.update(`${model.name}\n${model.sql}\n${computedOf(model)?.version ?? ''}\n`);
  for (const { connection, model } of [...parts.values()].flat()) {
    hash.update(`${connection.name}\n${model.sql}\n`);
    for (const { name, fields } of connection.streams)
      hash.update(`${name} ${fields.map(({ column }) => column).join(' ')}\n`);
  }
  return hash.digest('hex');
}
