import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './projectFolder';
import type { Dialect, Session } from './warehouse';

const folder = join(projectFolder, 'warehouse');

/** Brings a warehouse to this version: migrations (one SQL for both engines), then the engine's helper functions. */
export async function migrate(session: Session, { engine }: Dialect): Promise<void> {
  await session.run('create schema if not exists meta');
  await session.run(
    'create table if not exists meta.migration (name varchar primary key, applied_at timestamp not null)',
  );
  const applied = new Set((await session.rows('select name from meta.migration')).map((row) => row.name));
  for (const name of readdirSync(join(folder, 'migrations')).sort()) {
    if (applied.has(name)) continue;
    await session.run(readFileSync(join(folder, 'migrations', name), 'utf8'));
    await session.run("insert into meta.migration values (?, timezone('UTC', now()))", [name]);
  }
  await session.run(readFileSync(join(folder, engine, 'helpers.sql'), 'utf8'));
}
