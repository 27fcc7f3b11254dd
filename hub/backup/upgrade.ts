import { resolve } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { appliedMigrations, migrations, quoted, readManifest, type Warehouse } from '../../warehouse';
import { mustHaveWarehouse, openWarehouse } from '../runtime/openWarehouse';
import { readConfig, type SetupOptions } from '../setup/setup';
import { readHubNote } from '../work/hubNote';
import { makeBackup, recordBackup } from './makeBackup';

export interface Upgraded {
  /** Migrations that were applied; none when the warehouse is of this version. */
  applied: string[];
  /** The backup that was made before; undefined when nothing had to be done. */
  backup: string | undefined;
  /** Rows before and after, of tables where they differ. */
  changed: { table: string; before: number; after: number }[];
}

/**
 * Brings a warehouse to this version: a backup, then all migrations, then each table's rows are counted again.
 * Errors: `not_allowed` while a hub runs over it; `warehouse_unusable` when it is newer than this version.
 */
export async function upgradeData(options: SetupOptions, out?: string): Promise<Upgraded> {
  mustHaveNoHub(options.data);
  const config = readConfig(options);
  const dataFolder = resolve(options.data);
  mustHaveWarehouse(config, dataFolder);
  const open = (mode: 'none' | 'upgrade') =>
    openWarehouse({ config, dataFolder, tell: console.error, migrations: { mode } });
  const before = await open('none');
  let backup: string;
  let applied: string[];
  try {
    applied = await pending(before);
    if (applied.length === 0) return { applied, backup: undefined, changed: [] };
    const made = await makeBackup(
      before,
      options,
      { ...(out !== undefined && { out }) },
      { cause: 'upgrade' },
    );
    backup = made.folder;
  } finally {
    await before.close();
  }
  const after = await open('upgrade');
  try {
    const manifest = readManifest(backup);
    const changed = [];
    for (const { schema, name, rows } of manifest.tables) {
      if (schema === 'meta' && name === 'migration') continue; // it tells of the upgrade
      const now = await rowsOf(after, schema, name);
      if (now !== rows) changed.push({ table: `${schema}.${name}`, before: rows, after: now });
    }
    const sums = sumsOf(manifest.tables);
    await recordBackup(after, { folder: backup, manifest, ...sums, seconds: secondsOf(manifest) }, 'upgrade');
    return { applied, backup, changed };
  } finally {
    await after.close();
  }
}

async function pending(warehouse: Warehouse): Promise<string[]> {
  const known = await appliedMigrations(warehouse);
  return migrations()
    .map(({ name }) => name)
    .filter((name) => !known.has(name));
}

async function rowsOf(warehouse: Warehouse, schema: string, name: string): Promise<number> {
  const [found] = await warehouse.rows(
    'select count(*) as n from information_schema.tables where table_schema = ? and table_name = ?',
    [schema, name],
  );
  if (Number(found?.n) === 0) return 0; // a migration took it away
  const [counted] = await warehouse.rows(`select count(*) as n from ${quoted(schema)}.${quoted(name)}`);
  return Number(counted?.n);
}

function sumsOf(tables: readonly { rows: number; file: { bytes: number } }[]) {
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    bytes: tables.reduce((sum, { file }) => sum + file.bytes, 0),
  };
}

const secondsOf = ({ startedAt, endedAt }: { startedAt: string; endedAt: string }) =>
  (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;

function mustHaveNoHub(dataFolder: string): void {
  const note = readHubNote(dataFolder);
  if (!note) return;
  throw new MillraceError('not_allowed', {
    what: 'A hub runs over this data folder; what it needs was upgraded when it started',
    where: `process ${note.pid}, ${note.url}`,
    todo: 'After installing a newer version: stop the hub, run npx millrace upgrade, start it again',
  });
}
