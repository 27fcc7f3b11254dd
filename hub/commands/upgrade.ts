import { resolve } from 'node:path';
import { upgradeData } from '../backup/upgrade';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';

/** `millrace upgrade`: a backup, then everything a newer version needs. */
export async function upgrade(options: SetupOptions & { json?: boolean; out?: string }): Promise<void> {
  const { out, json } = options;
  const { applied, backup, changed } = await upgradeData(options, out && resolve(out));
  if (json) {
    console.log(JSON.stringify({ applied, backup: backup ?? null, changed }, null, 2));
    return;
  }
  if (applied.length === 0) {
    console.log('The warehouse is of this version: nothing to do');
    return;
  }
  console.log(`Backup before: ${backup ?? '—'}\nApplied: ${applied.join(', ')}`);
  if (changed.length === 0) console.log('Every table has as many rows as before');
  else printRows(changed, false);
}
