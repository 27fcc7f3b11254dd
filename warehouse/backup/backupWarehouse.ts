import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError, messageOf } from '../../connectors/kit';
import { appliedMigrations } from '../migrate';
import { Turns } from '../turns';
import type { Session, Warehouse } from '../warehouse';
import { addFile, durableFolder, type ExtraFile, fileEntry } from './backupFiles';
import { partialFolder, removeLeftBackups } from './backupFolders';
import { FORMAT, type Manifest, type TableEntry, writeManifest } from './manifest';
import { fileFingerprint, withParquet } from './parquetFiles';
import { nameOf, type Snapshot, type TableShape } from './snapshot';
import { withSnapshot } from './withSnapshot';

export interface BackupRequest {
  /** Holds the backups; made if it is not there. */
  folder: string;
  /** Which warehouse it is, for who keeps several: machine and data folder, or server and database. */
  place: string;
  /** Version of Millrace. */
  version: string;
  cause: 'manual' | 'schedule' | 'upgrade';
  /** Config and the like: small files that a restore puts into the data folder. */
  files?: readonly ExtraFile[];
  /** Names of secrets that a restored hub needs. */
  secrets?: readonly string[];
  /** Breaks it off before the next table. */
  signal?: AbortSignal;
}

export interface Backup {
  /** The finished folder. */
  folder: string;
  manifest: Manifest;
  rows: number;
  bytes: number;
  seconds: number;
}

/**
 * Copies the warehouse as it is at one instant into a folder `millrace-backup-<UTC time>`, one Parquet file a table, while
 * loads, builds and readers go on. Each file is read back before the folder gets its name, so that what is named is whole.
 * Errors: `backup_failed` (disk full, folder not writable); nothing is left of it.
 */
export function backupWarehouse(warehouse: Warehouse, request: BackupRequest): Promise<Backup> {
  return turns.take(() => backup(warehouse, request));
}

/** One backup at a time in one process. */
const turns = new Turns();

async function backup(warehouse: Warehouse, request: BackupRequest): Promise<Backup> {
  const started = new Date();
  const { partial, finished } = partialFolder(request.folder, started);
  try {
    mkdirSync(request.folder, { recursive: true });
    removeLeftBackups(request.folder);
    mkdirSync(partial, { mode: 0o700 });
    const manifest = await withSnapshot(warehouse, partial, (snapshot) =>
      copyAll(warehouse, snapshot, partial, { ...request, started }),
    );
    writeManifest(partial, manifest);
    durableFolder(partial);
    renameSync(partial, finished);
    durableFolder(request.folder);
    const files = [...manifest.tables.map(({ file }) => file), ...manifest.files];
    return {
      folder: finished,
      manifest,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: (Date.now() - started.getTime()) / 1_000,
    };
  } catch (error) {
    if (existsSync(partial)) rmSync(partial, { recursive: true, force: true });
    throw failed(request.folder, error);
  }
}

async function copyAll(
  { dialect }: Warehouse,
  snapshot: Snapshot,
  folder: string,
  { started, place, version, cause, files = [], secrets = [], signal }: BackupRequest & { started: Date },
): Promise<Manifest> {
  const migrations = [...(await appliedMigrations(snapshot))].map(([name, hash]) => ({ name, hash }));
  const [built] = await snapshot.rows(
    'select generation, as_of_date from meta.generation order by generation desc limit 1',
  );
  const [engine] = await snapshot.rows('select version() as version');
  const tables: TableEntry[] = [];
  await withParquet(folder, async (parquet) => {
    for (const table of await snapshot.tables()) {
      signal?.throwIfAborted();
      tables.push(await copyTable(snapshot, parquet, table, folder));
    }
  });
  const extra = files.map((file) => addFile(folder, file));
  return {
    format: FORMAT,
    backupId: randomUUID(),
    place,
    version,
    engine: dialect.engine,
    engineVersion: String(engine?.version),
    startedAt: started.toISOString(),
    endedAt: new Date().toISOString(),
    cause,
    migrations,
    generation: built ? String(built.generation) : null,
    asOfDate: built ? String(built.as_of_date) : null,
    tables,
    files: await Promise.all(extra),
    secrets: [...secrets],
  };
}

async function copyTable(
  snapshot: Snapshot,
  parquet: Session,
  table: TableShape,
  folder: string,
): Promise<TableEntry> {
  mkdirSync(join(folder, table.schema), { recursive: true });
  const path = `${table.schema}/${encodeURIComponent(table.name)}.parquet`;
  const file = join(folder, path);
  const written = await snapshot.write(table, file);
  const { rows, hash } = await fileFingerprint(parquet, table, file);
  if (rows !== written)
    throw new Error(`the file of ${nameOf(table)} holds ${rows} rows, the table has ${written}`);
  return { ...table, rows, rowHash: hash, file: await fileEntry(folder, path) };
}

function failed(folder: string, cause: unknown): MillraceError {
  const message = messageOf(cause);
  const isFull =
    /no space left|ENOSPC|disk (is )?full|Could not write/i.test(message) || freeBytes(folder) === 0;
  const isRefused = /EACCES|EROFS|Permission denied|read-only/i.test(message);
  return new MillraceError('backup_failed', {
    what: isFull
      ? 'The backup failed: the disk is full'
      : isRefused
        ? 'The backup failed: its folder cannot be written'
        : `The backup failed: ${message}`,
    where: `folder ${folder}`,
    todo: isFull
      ? 'Make room, keep fewer backups (--keep N) or name another disk: npx millrace backup --out DIR. The warehouse is unharmed'
      : isRefused
        ? 'Give this user the right to write there, or name another folder: npx millrace backup --out DIR'
        : 'Run it again; the warehouse is unharmed, and nothing was left of this backup',
    cause,
  });
}

function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
