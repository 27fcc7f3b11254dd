import type { PostgresWarehouse } from '../postgres/postgresWarehouse';
import { codeOf } from '../postgres/errors';
import type { PgSession } from '../postgres/session';
import { literal, type Session } from '../warehouse';
import { withParquet } from './parquetFiles';
import { PostgresTables, tablesOf } from './postgresTables';
import { DERIVED, type Snapshot, type TableShape } from './snapshot';
import { place } from './tableSql';

/** A build that swaps tables is waited for this long. */
const LIMIT_MS = 30 * 60_000;
const AGAIN_MS = 250;

/**
 * Two transactions that share one snapshot. The one over what builds replace is short: its tables are copied out at once, so
 * that a build that swaps them waits for seconds; the one over raw tables and the record lasts as long as the backup.
 */
export async function withPostgresSnapshot<T>(
  warehouse: PostgresWarehouse,
  folder: string,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  return warehouse.connected((session) =>
    withParquet(folder, async (parquet) => {
      try {
        const tables = new PostgresTables(session, parquet, folder);
        await warehouse.connected((derived) => begin(warehouse, session, derived, tables));
        return await work(tables);
      } finally {
        await session.run('rollback').catch(() => undefined); // it only read
      }
    }),
  );
}

/** Locks what is there, then looks, then copies what builds replace. A table that came or went in between means once more. */
async function begin(
  warehouse: PostgresWarehouse,
  session: PgSession,
  derived: PgSession,
  tables: PostgresTables,
): Promise<void> {
  for (const deadline = Date.now() + LIMIT_MS; ; ) {
    const before = await tablesOf(warehouse);
    try {
      if (await beginOnce(session, derived, tables, before)) return;
    } catch (error) {
      if (!isInTheWay(error) || Date.now() > deadline) throw error;
    } finally {
      await derived.run('rollback').catch(() => undefined);
    }
    await session.run('rollback');
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Locks come before the snapshot: a table that is replaced between the two would be seen without its rows. */
async function beginOnce(
  session: PgSession,
  derived: PgSession,
  tables: PostgresTables,
  before: readonly TableShape[],
): Promise<boolean> {
  const isDerived = ({ schema }: TableShape) => DERIVED.includes(schema);
  for (const one of [session, derived]) await one.run('begin isolation level repeatable read read only');
  await lock(derived, before.filter(isDerived));
  await lock(
    session,
    before.filter((table) => !isDerived(table)),
  );
  const [exported] = await session.rows('select pg_export_snapshot() as id');
  await derived.run(`set transaction snapshot ${literal(String(exported?.id))}`);
  const now = await tables.tables();
  if (JSON.stringify(now) !== JSON.stringify(before)) return false;
  for (const table of now.filter(isDerived)) await tables.copyFrom(derived, table);
  return true;
}

/** Never waits while it holds a lock: it would stand in a build's way, and the build in its. */
async function lock(session: Session, tables: readonly TableShape[]): Promise<void> {
  if (tables.length > 0)
    await session.run(`lock table ${tables.map(place).join(', ')} in access share mode nowait`);
}

/** A lock that somebody has, or a table that went. */
function isInTheWay(error: unknown): boolean {
  const code = codeOf((error as { cause?: unknown } | null)?.cause ?? error);
  return code === '55P03' || code === '42P01';
}
