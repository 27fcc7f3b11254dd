import type { BaseDriver } from '@cubejs-backend/base-driver';
import { DuckDBQuery } from '@cubejs-backend/duckdb-driver/dist/src/DuckDBQuery.js'; // this path loads no second DuckDB
import type { CreateOptions } from '@cubejs-backend/server-core';
import { DuckDbWarehouse, PostgresWarehouse, type Warehouse } from '../../warehouse';
import { DuckDbDriver } from './duckdbDriver';
import { PostgresCubeDriver } from './postgresDriver';

/** What Cube needs to know of an engine. */
export interface WarehouseDriver {
  driver: BaseDriver;
  /** Undefined: Cube has the dialect of the engine itself. */
  dialectFactory?: NonNullable<CreateOptions['dialectFactory']>;
}

/** Cube's types ask for an instance of the dialect, its code for the class. */
const duckDbDialect = (() => DuckDBQuery) as unknown as NonNullable<CreateOptions['dialectFactory']>;

/** The driver that reads this warehouse beside its one writer. */
export function warehouseDriver(warehouse: Warehouse, queriesAtOnce: number): WarehouseDriver {
  if (warehouse instanceof DuckDbWarehouse)
    return { driver: new DuckDbDriver(warehouse.instance), dialectFactory: duckDbDialect };
  if (warehouse instanceof PostgresWarehouse)
    return { driver: new PostgresCubeDriver(warehouse.url, queriesAtOnce) };
  throw new Error(`there is no Cube driver for ${warehouse.dialect.engine}`);
}
