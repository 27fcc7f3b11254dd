import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import {
  DuckDbWarehouse,
  type Manifest,
  PostgresWarehouse,
  type RestoredTable,
  restoreWarehouse,
  verifyBackup,
  type Warehouse,
} from '../../warehouse';
import { resolveAddress } from '../config/secrets';
import { withoutPassword } from '../config/warehouseAddress';
import { CONFIG, DEMO_MEMORY, recordBackup } from './makeBackup';

export interface RestoreInput {
  /** The folder millrace-backup-…. */
  backup: string;
  /** The new data folder; undefined restores the warehouse alone (with `into`). */
  data?: string;
  /** Address of an empty Postgres database; without it the warehouse is DuckDB in the data folder. */
  into?: string;
}

export interface Restored {
  manifest: Manifest;
  tables: RestoredTable[];
  /** Where the warehouse is now, without a password. */
  warehouse: string;
  /** The config that came with it, where it was put. */
  config: string | undefined;
}

const FILE = 'warehouse.duckdb';
/** Until it is whole it has another name: a restore that is broken off leaves no warehouse. */
const UNFINISHED = `${FILE}.restoring`;
/** A restored table, and what the engine needs while it takes rows in. */
const ROOM_FACTOR = 3;

/**
 * Into an empty place only, verified row for row. Errors: `backup_damaged`; `not_allowed` when there is something already;
 * `warehouse_unusable` when the backup was made by a newer version, or the place will not do.
 */
export async function restoreData({ backup, data, into }: RestoreInput): Promise<Restored> {
  const folder = resolve(backup);
  const manifest = await verifyBackup(folder);
  const dataFolder = data === undefined ? undefined : resolve(data);
  if (dataFolder !== undefined) mustBeEmpty(dataFolder);
  const put = { folder, manifest, workFolder: dataFolder ?? dirname(folder) };
  const restored =
    into === undefined ? await intoDuckDb(dataFolder ?? '', put) : await intoPostgres(into, put);
  const config = dataFolder === undefined ? undefined : putFiles(folder, manifest, dataFolder);
  return { manifest, ...restored, config };
}

interface Put {
  folder: string;
  manifest: Manifest;
  workFolder: string;
}

async function intoDuckDb(dataFolder: string, put: Put) {
  mkdirSync(dataFolder, { recursive: true });
  mustHaveRoom(dataFolder, put.manifest);
  const unfinished = join(dataFolder, UNFINISHED);
  const clear = () => {
    for (const name of readdirSync(dataFolder))
      if (name.startsWith(UNFINISHED)) rmSync(join(dataFolder, name), { recursive: true, force: true });
  };
  clear();
  try {
    const tables = await fill(put, (mode) =>
      DuckDbWarehouse.open({ file: unfinished, migrations: { mode } }),
    );
    if (existsSync(`${unfinished}.wal`)) throw new Error('the restored file was not closed in full');
    renameSync(unfinished, join(dataFolder, FILE));
    return { tables, warehouse: join(dataFolder, FILE) };
  } finally {
    clear();
  }
}

async function intoPostgres(into: string, put: Put) {
  const url = resolveAddress(into, process.cwd(), (what) => {
    throw new MillraceError('config_invalid', {
      what,
      where: '--into',
      todo: "Write --into 'postgres://user:${VARIABLE}@host:5432/database' and set the variable",
    });
  });
  const { workFolder } = put;
  mkdirSync(workFolder, { recursive: true });
  const tables = await fill(put, (mode) => PostgresWarehouse.open({ url, workFolder, migrations: { mode } }));
  return { tables, warehouse: withoutPassword(url) };
}

/** Fills it in one transaction, then opens it as a start does: later migrations and the engine's functions come with that. */
async function fill(
  { folder, manifest, workFolder }: Put,
  open: (mode: 'none' | 'upgrade') => Promise<Warehouse>,
): Promise<RestoredTable[]> {
  const started = Date.now();
  const empty = await open('none');
  let tables: RestoredTable[];
  try {
    await mustHaveNoTables(empty);
    tables = await restoreWarehouse(empty, folder, manifest, workFolder);
  } finally {
    await empty.close();
  }
  const restored = await open('upgrade');
  try {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = manifest.tables.reduce((sum, { file }) => sum + file.bytes, 0);
    const seconds = (Date.now() - started) / 1_000;
    await recordBackup(restored, { folder, manifest, rows, bytes, seconds }, 'restore');
  } finally {
    await restored.close();
  }
  return tables;
}

/** The config stands in the data folder, to be named with --config or moved to where it was. */
function putFiles(folder: string, manifest: Manifest, dataFolder: string): string | undefined {
  mkdirSync(dataFolder, { recursive: true });
  const places: Record<string, string> = { [`data/${CONFIG}`]: CONFIG, 'data/demo.json': DEMO_MEMORY };
  let config: string | undefined;
  for (const { path } of manifest.files) {
    const place = places[path];
    if (place === undefined) continue;
    const file = join(dataFolder, place);
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(folder, path), file);
    if (place === CONFIG) config = file;
  }
  return config;
}

function mustBeEmpty(dataFolder: string): void {
  if (!existsSync(dataFolder)) return;
  const found = readdirSync(dataFolder).filter((name) => !name.startsWith(UNFINISHED));
  if (found.length === 0) return;
  throw new MillraceError('not_allowed', {
    what: `A backup is restored into a new folder; this one holds ${found.slice(0, 3).join(', ')}${found.length > 3 ? ' …' : ''}`,
    where: `folder ${dataFolder}`,
    todo: `Name a new one with --data, look at it, then put it in the place of the old one: mv ${dataFolder} ${dataFolder}.old`,
  });
}

async function mustHaveNoTables(warehouse: Warehouse): Promise<void> {
  const found = await warehouse.rows(
    `select table_schema, table_name from information_schema.tables
     where table_schema in ('raw', 'quarantine', 'seeds', 'core', 'marts', 'ops', 'meta') and (table_schema, table_name) <> ('meta', 'migration')
     order by 1, 2 limit 3`,
  );
  const applied = await warehouse.rows('select name from meta.migration limit 1');
  if (found.length === 0 && applied.length === 0) return;
  throw new MillraceError('not_allowed', {
    what: 'A backup is restored into an empty database; this one holds a warehouse',
    where: found.map((row) => `${String(row.table_schema)}.${String(row.table_name)}`).join(', '),
    todo: "Make a new one and name it with --into: create database millrace_restored template template0 encoding 'UTF8' locale 'C'",
  });
}

function mustHaveRoom(folder: string, { tables }: Manifest): void {
  const { bavail, bsize } = statfsSync(folder);
  const wanted = tables.reduce((sum, { file }) => sum + file.bytes, 0) * ROOM_FACTOR;
  if (bavail * bsize >= wanted) return;
  throw new MillraceError('backup_failed', {
    what: `There is not enough room: ${megabytes(bavail * bsize)} are free, about ${megabytes(wanted)} are needed`,
    where: `folder ${folder}`,
    todo: 'Make room, or restore onto another disk with --data',
  });
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en-US')} MB`;
