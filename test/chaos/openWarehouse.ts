import { DuckDbWarehouse, type Warehouse } from '../../warehouse';
import { PostgresWarehouse } from '../../warehouse/postgres/postgresWarehouse';

/** A DuckDB file or the address of a Postgres database; the latter checks its batches in `workFolder`. */
export function open(address: string, workFolder?: string): Promise<Warehouse> {
  if (/^postgres(ql)?:/.test(address))
    return PostgresWarehouse.open({ url: address, ...(workFolder !== undefined && { workFolder }) });
  return DuckDbWarehouse.open({ file: address, memoryLimit: '300MB', threads: 2 });
}
