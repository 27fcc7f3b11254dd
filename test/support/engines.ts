import { DuckDbWarehouse } from '../../warehouse/duckdb/duckdbWarehouse';
import { PostgresWarehouse } from '../../warehouse/postgres/postgresWarehouse';
import type { Warehouse } from '../../warehouse/warehouse';
import { testDatabase } from './postgres';

/** For describe.each: a fresh, empty warehouse on each engine. */
export const engines: readonly { name: string; open(): Promise<Warehouse> }[] = [
  { name: 'DuckDB', open: () => DuckDbWarehouse.open({ file: ':memory:' }) },
  { name: 'Postgres', open: async () => PostgresWarehouse.open({ url: await testDatabase() }) },
];
