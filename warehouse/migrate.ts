import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '../connectors/kit';
import { projectFolder } from './projectFolder';
import type { Session, Warehouse } from './warehouse';

const folder = join(projectFolder, 'warehouse');

export interface MigrateOptions {
  /**
   * `start` applies what is quick and refuses what is not, naming the command; `upgrade` applies all; `none` leaves the
   * warehouse as it is, for a backup before an upgrade.
   */
  mode?: 'start' | 'upgrade' | 'none';
  /** Another folder of migrations, for tests. */
  migrationsFolder?: string;
}

export interface Migration {
  name: string;
  sql: string;
  /** Of its text: one that was edited after it was applied is noticed. */
  hash: string;
  /** Why it wants a backup first: its header line `-- upgrade: …`. Undefined: a start applies it. */
  upgrade: string | undefined;
}

/** Any number: one migrates, whoever else opens this Postgres waits. */
const LOCK = 4_820_113;

/**
 * Brings a warehouse to this version: each migration (one SQL for both engines) in a transaction of its own, so that a
 * killed one leaves nothing, then the engine's helper functions. Gives the names of what was applied.
 * Errors: `warehouse_unusable` when it was made by a newer version, or when `millrace upgrade` is needed.
 */
export async function migrate(
  warehouse: Pick<Warehouse, 'transaction' | 'dialect'>,
  { mode = 'start', migrationsFolder }: MigrateOptions = {},
): Promise<string[]> {
  const { engine } = warehouse.dialect;
  const known = migrations(migrationsFolder);
  const locked = <T>(work: (session: Session) => Promise<T>) =>
    warehouse.transaction(async (session) => {
      if (engine === 'postgres') await session.run(`select pg_advisory_xact_lock(${LOCK})`);
      return work(session);
    });
  const before = await locked(async (session) => {
    await createLedger(session);
    return appliedMigrations(session);
  });
  refuseNewer(known, [...before.keys()]);
  if (mode === 'none') return [];
  const pending = known.filter(({ name }) => !before.has(name));
  if (mode === 'start' && before.size > 0) refuseHeavy(pending);
  const done: string[] = [];
  for (const migration of pending)
    if (await locked((session) => apply(session, migration))) done.push(migration.name);
  await locked(async (session) => {
    for (const { name, hash } of known)
      await session.run('update meta.migration set text_hash = ? where name = ? and text_hash is null', [
        hash,
        name,
      ]);
    await session.run(readFileSync(join(folder, engine, 'helpers.sql'), 'utf8'));
  });
  return done;
}

/** All migrations of this version, in their order. */
export function migrations(migrationsFolder = join(folder, 'migrations')): Migration[] {
  return readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(migrationsFolder, name), 'utf8');
      const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16);
      return { name, sql, hash, upgrade: /^-- upgrade: (.+)$/m.exec(sql)?.[1] };
    });
}

/** Names of what was applied, each with the hash of its text; null where that was not kept. */
export async function appliedMigrations(session: Session): Promise<Map<string, string | null>> {
  const rows = await session.rows('select name, text_hash from meta.migration order by name');
  return new Map(
    rows.map((row) => [String(row.name), row.text_hash === null ? null : String(row.text_hash)]),
  );
}

/** A restore applies those that a backup was made with, fills the tables, and leaves the rest to the next start. */
export async function applyMigrations(session: Session, names: readonly string[]): Promise<void> {
  await createLedger(session);
  const known = migrations();
  refuseNewer(known, names);
  for (const migration of known.filter(({ name }) => names.includes(name))) await apply(session, migration);
}

/** The first version kept no hash of the texts. */
async function createLedger(session: Session): Promise<void> {
  await session.run('create schema if not exists meta');
  await session.run(
    'create table if not exists meta.migration (name varchar primary key, applied_at timestamp not null)',
  );
  const [column] = await session.rows(
    "select count(*) as n from information_schema.columns where table_schema = 'meta' and table_name = 'migration' and column_name = 'text_hash'",
  );
  if (Number(column?.n) === 0) await session.run('alter table meta.migration add column text_hash varchar');
}

/** False when another process was faster. */
async function apply(session: Session, { name, sql, hash }: Migration): Promise<boolean> {
  const [found] = await session.rows('select count(*) as n from meta.migration where name = ?', [name]);
  if (Number(found?.n) > 0) return false;
  await session.run(sql);
  await session.run(
    "insert into meta.migration (name, applied_at, text_hash) values (?, timezone('UTC', now()), ?)",
    [name, hash],
  );
  return true;
}

function refuseNewer(known: readonly Migration[], applied: readonly string[]): void {
  const names = new Set(known.map(({ name }) => name));
  const unknown = applied.filter((name) => !names.has(name));
  if (unknown.length === 0) return;
  throw new MillraceError('warehouse_unusable', {
    what: 'The warehouse was made by a newer version of Millrace',
    where: `its migrations ${unknown.join(', ')} are not known here`,
    todo: 'Install that version or a later one; to go back, restore a backup that the older version made: npx millrace restore <backup> --data <new folder>',
  });
}

function refuseHeavy(pending: readonly Migration[]): void {
  const heavy = pending.find(({ upgrade }) => upgrade !== undefined);
  if (!heavy) return;
  throw new MillraceError('warehouse_unusable', {
    what: `The warehouse was made by an older version and must be upgraded first: ${heavy.upgrade ?? ''}`,
    where: `migration ${heavy.name}`,
    todo: 'Stop the hub and run: npx millrace upgrade (it makes a backup, upgrades and verifies)',
  });
}
