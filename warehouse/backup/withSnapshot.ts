import { DuckDbWarehouse } from '../duckdb/duckdbWarehouse';
import { PostgresWarehouse } from '../postgres/postgresWarehouse';
import { PgSession } from '../postgres/session';
import type { Session, Warehouse } from '../warehouse';
import { duckDbFilling, withDuckDbSnapshot } from './duckdbSnapshot';
import { withParquet } from './parquetFiles';
import { withPostgresSnapshot } from './postgresSnapshot';
import { PostgresTables } from './postgresTables';
import type { Filling, Snapshot } from './snapshot';

/** The engine's own way to one instant of the whole warehouse. `folder` takes files on their way. */
export function withSnapshot<T>(
  warehouse: Warehouse,
  folder: string,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  if (warehouse instanceof DuckDbWarehouse) return withDuckDbSnapshot(warehouse, work);
  if (warehouse instanceof PostgresWarehouse) return withPostgresSnapshot(warehouse, folder, work);
  throw new Error(`there is no backup of ${warehouse.dialect.engine}`);
}

/** The engine's own way to fill an empty warehouse inside one transaction. */
export function withFilling<T>(
  session: Session,
  folder: string,
  work: (filling: Filling) => Promise<T>,
): Promise<T> {
  if (!(session instanceof PgSession)) return work(duckDbFilling(session));
  return withParquet(folder, (parquet) => work(new PostgresTables(session, parquet, folder)));
}
