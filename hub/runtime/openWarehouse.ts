import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { DuckDbWarehouse, type MigrateOptions, PostgresWarehouse, type Warehouse } from '../../warehouse';
import type { Config } from '../config/schema';
import { withoutPassword } from '../config/warehouseAddress';
import { untilThere } from './untilThere';

export interface WarehouseOptions {
  config: Pick<Config, 'warehouse' | 'memoryLimit'>;
  dataFolder: string;
  /** Told while a Postgres is not there yet. */
  tell(line: string): void;
  /** Where batches wait on their way to Postgres; default the system's folder. */
  workFolder?: string;
  /** Waits this long for Postgres. */
  limitMs?: number;
  /** Default: what a start does. */
  migrations?: MigrateOptions;
}

/** Long enough for a database that is just being set up. */
const LIMIT_MS = 5 * 60_000;

/** Codes of the operating system and of PostgreSQL (appendix A: 08 connection, 57P0 starting or stopping, 53300 no connection free). */
const NOT_THERE =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|08\w{3}|57P0[1-3]|53300)$/;
const NOT_THERE_TEXT = /connection terminated|timeout expired/i;

const fileIn = (dataFolder: string) => join(dataFolder, 'warehouse.duckdb');

/** The warehouse that the config names: Postgres, or DuckDB in the data folder. Waits for a Postgres that is still starting. */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const { config, dataFolder, tell, workFolder, limitMs = LIMIT_MS, migrations = {} } = options;
  mkdirSync(dataFolder, { recursive: true });
  const url = config.warehouse;
  if (url === undefined)
    return DuckDbWarehouse.open({ file: fileIn(dataFolder), memoryLimit: config.memoryLimit, migrations });
  const wait = {
    what: `Postgres at ${withoutPassword(url)}`,
    limitMs,
    tell,
    todo: 'Start the database, or correct `warehouse` in the config or MILLRACE_WAREHOUSE',
    isPassing,
  };
  const { memoryLimit } = config;
  return untilThere(wait, () =>
    PostgresWarehouse.open({ url, memoryLimit, migrations, ...(workFolder !== undefined && { workFolder }) }),
  );
}

/** Whether there is something to read without making it. Errors: `not_found`. */
export function mustHaveWarehouse({ warehouse }: Pick<Config, 'warehouse'>, dataFolder: string): void {
  const file = fileIn(dataFolder);
  if (warehouse !== undefined || existsSync(file)) return;
  throw new MillraceError('not_found', {
    what: 'There is no warehouse yet',
    where: `file ${file}`,
    todo: 'Fill one with: npm start, or npx millrace sync; or name its folder with --data',
  });
}

/** For `millrace server` and `worker`: several processes cannot share a DuckDB file. Errors: `config_invalid`. */
export function mustBeShared({ warehouse }: Pick<Config, 'warehouse'>, command: string): void {
  if (warehouse !== undefined) return;
  throw new MillraceError('config_invalid', {
    what: `millrace ${command} needs a Postgres warehouse: one process owns a DuckDB file`,
    where: 'config `warehouse`, environment MILLRACE_WAREHOUSE',
    todo: 'Write warehouse: postgres://user:${MILLRACE_WAREHOUSE_PASSWORD}@host:5432/database, or run all in one process with: npx millrace start',
  });
}

/** A server that is not reachable or still starting; not a wrong password, a missing database or a failed migration. */
function isPassing(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    const { code, message, cause } = at as { code?: unknown; message?: unknown; cause?: unknown };
    if (code === 'warehouse_lost' || NOT_THERE.test(String(code)) || NOT_THERE_TEXT.test(String(message)))
      return true;
    at = cause;
  }
  return false;
}
