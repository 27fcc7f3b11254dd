import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { MillraceError, messageOf } from '../../connectors/kit';
import { type Backup, backupWarehouse, keepNewest, type Warehouse } from '../../warehouse';
import { withoutPassword } from '../config/warehouseAddress';
import { configFile, readConfig, type SetupOptions } from '../setup/setup';
import { configCopy } from './configCopy';
import { millraceVersion } from './version';

export interface BackupInput {
  /** Where the folder goes; default the config's `backup.folder`, else `backups` in the data folder. */
  out?: string;
  /** Removes the oldest until this many are left; default the config's `backup.keep` in its own folder, else all stay. */
  keep?: number;
}

export interface BackupContext {
  cause: 'manual' | 'schedule' | 'upgrade';
  /** Breaks it off: the hub stops. */
  signal?: AbortSignal;
}

export interface MadeBackup {
  folder: string;
  tables: number;
  rows: number;
  bytes: number;
  seconds: number;
  /** Older ones that were removed. */
  removed: string[];
  secrets: string[];
}

/** Name of the config inside a backup. */
export const CONFIG = 'millrace.yaml';
/** What the demo company decided at its first start, below the data folder. */
export const DEMO_MEMORY = 'demo/demo.json';

/** A backup of the warehouse, the config and the demo's memory; `meta.backup` tells of it. Errors: `backup_failed`. */
export async function makeBackup(
  warehouse: Warehouse,
  options: SetupOptions,
  input: BackupInput,
  { cause, signal }: BackupContext,
): Promise<MadeBackup> {
  const startedAt = new Date();
  const folder = backupFolder(options, input.out);
  try {
    const backup = await backupWarehouse(warehouse, {
      folder,
      cause,
      place: placeOf(options),
      version: millraceVersion(),
      ...(signal && { signal }),
      ...(await besides(options)),
    });
    if (cause !== 'upgrade') await recordBackup(warehouse, backup);
    const keep = input.keep ?? (input.out === undefined ? readConfig(options).backup?.keep : undefined);
    return {
      folder: backup.folder,
      tables: backup.manifest.tables.length,
      rows: backup.rows,
      bytes: backup.bytes,
      seconds: backup.seconds,
      removed: keep === undefined ? [] : keepNewest(folder, placeOf(options), keep),
      secrets: backup.manifest.secrets,
    };
  } catch (error) {
    if (!signal?.aborted)
      await recordFailure(warehouse, { cause, folder, startedAt, error }).catch(() => undefined); // the disk may be full
    throw error;
  }
}

export function backupFolder(options: SetupOptions, out?: string): string {
  return resolve(out ?? readConfig(options).backup?.folder ?? join(options.data, 'backups'));
}

/** A rehearsal over a restored folder, or another hub, never removes the backups of this one. */
function placeOf(options: SetupOptions): string {
  const { warehouse } = readConfig(options);
  return warehouse === undefined ? `${hostname()}:${resolve(options.data)}` : withoutPassword(warehouse);
}

/** Config and demo memory. Sign-in keys, spools and Temporal's file stay behind: they belong to a running hub, not to the record. */
async function besides(options: SetupOptions) {
  const config = configFile(options);
  const copy = config === undefined ? { text: undefined, secrets: [] } : await configCopy(config);
  const memory = join(options.data, DEMO_MEMORY);
  return {
    secrets: copy.secrets,
    files: [
      ...(copy.text === undefined ? [] : [{ path: `data/${CONFIG}`, content: copy.text }]),
      ...(existsSync(memory) ? [{ path: 'data/demo.json', content: readFileSync(memory, 'utf8') }] : []),
    ],
  };
}

const INSERT = `insert into meta.backup (backup_id, kind, cause, folder, started_at, ended_at, status, table_count, row_count, bytes, seconds, error)
  values (?, ?, ?, ?, cast(? as timestamp), timezone('UTC', now()), ?, ?, ?, ?, ?, cast(? as json))`;

/** `restore` and `upgrade` are told of in the warehouse that came out of them. */
export async function recordBackup(
  warehouse: Warehouse,
  { folder, manifest, rows, bytes, seconds }: Omit<Backup, 'manifest'> & { manifest: Backup['manifest'] },
  kind: 'backup' | 'restore' | 'upgrade' = 'backup',
): Promise<void> {
  await warehouse.run(INSERT, [
    kind === 'restore' ? randomUUID() : manifest.backupId,
    kind,
    manifest.cause,
    folder,
    sqlTime(new Date(kind === 'restore' ? Date.now() : manifest.startedAt)),
    'done',
    manifest.tables.length,
    rows,
    bytes,
    seconds,
    null,
  ]);
}

async function recordFailure(
  warehouse: Warehouse,
  failure: { cause: string; folder: string; startedAt: Date; error: unknown },
): Promise<void> {
  const { cause, folder, startedAt, error } = failure;
  const { code, what } =
    error instanceof MillraceError ? error : { code: 'internal', what: messageOf(error) };
  const seconds = (Date.now() - startedAt.getTime()) / 1_000;
  const told = JSON.stringify({ code, what });
  await warehouse.run(INSERT, [
    randomUUID(),
    'backup',
    cause,
    folder,
    sqlTime(startedAt),
    'failed',
    0,
    0,
    0,
    seconds,
    told,
  ]);
}

const sqlTime = (at: Date) => at.toISOString().replace('T', ' ').replace('Z', '');
