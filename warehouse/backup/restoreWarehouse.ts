import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { applyMigrations } from '../migrate';
import type { Session, Warehouse } from '../warehouse';
import type { Manifest, TableEntry } from './manifest';
import { type Filling, nameOf } from './snapshot';
import { withFilling } from './withSnapshot';

export interface RestoredTable {
  table: string;
  rows: number;
  rowHash: string;
  /** Rows and hash, read back from the warehouse, are those of the backup. */
  isEqual: boolean;
}

/**
 * Fills an empty warehouse from a backup of either engine, in one transaction: the migrations that the backup knew, its rows,
 * each table read back and compared. A later version's migrations follow when the warehouse is opened.
 * Errors: `not_allowed` when the warehouse is not empty; `backup_damaged` when a table came out in another way.
 */
export async function restoreWarehouse(
  warehouse: Pick<Warehouse, 'transaction' | 'dialect'>,
  folder: string,
  manifest: Manifest,
  workFolder: string,
): Promise<RestoredTable[]> {
  return warehouse.transaction((session) =>
    withFilling(session, workFolder, async (filling) => {
      await applyMigrations(
        filling,
        manifest.migrations.map(({ name }) => name),
      );
      await filling.run('delete from meta.migration'); // it comes from the backup, with the times of the original
      const tables: RestoredTable[] = [];
      for (const table of manifest.tables) tables.push(await restoreTable(filling, folder, table));
      const wrong = tables.filter(({ isEqual }) => !isEqual);
      if (wrong.length > 0) {
        throw new MillraceError('backup_damaged', {
          what: `${wrong.length} tables came out of the backup in another way than they went in`,
          where: wrong.map(({ table }) => table).join(', '),
          todo: 'Nothing was restored. Tell us, with the manifest.json of the backup',
        });
      }
      await endOpenRuns(filling);
      await fixModelTime(warehouse, filling);
      return tables;
    }),
  );
}

async function restoreTable(filling: Filling, folder: string, table: TableEntry): Promise<RestoredTable> {
  await filling.create(table);
  await filling.fill(table, join(folder, table.file.path));
  const { rows, hash } = await filling.fingerprint(table);
  return {
    table: nameOf(table),
    rows,
    rowHash: hash,
    isEqual: rows === table.rows && hash === table.rowHash,
  };
}

/** What ran while the backup was made did not end here: its workflow stayed behind. The next sync goes on from the cursor. */
async function endOpenRuns(session: Session): Promise<void> {
  const error = JSON.stringify({
    code: 'internal',
    what: 'It was running when the backup was made',
    where: 'restored warehouse',
    todo: 'Nothing: the next run goes on from the committed state',
  });
  for (const table of ['meta.run', 'meta.run_stream']) {
    await session.run(
      `update ${table} set status = 'failed', ended_at = timezone('UTC', now()), error = cast(? as json) where ended_at is null`,
      [error],
    );
  }
}

/**
 * Functions that the last build fixed. Views over raw come with the next build, which is a full one: its hash of the
 * models is no longer known.
 */
async function fixModelTime({ dialect }: Pick<Warehouse, 'dialect'>, session: Session): Promise<void> {
  const [built] = await session.rows(
    'select generation, as_of_date, cast(known_at as varchar) as known_at from meta.generation order by generation desc limit 1',
  );
  if (!built) return;
  await dialect.defineConstant(session, 'business_today', 'date', String(built.as_of_date));
  await dialect.defineConstant(session, 'known_at', 'timestamp', String(built.known_at));
  await session.run("update meta.generation set models_hash = 'restored' where generation = ?", [
    String(built.generation),
  ]);
}
