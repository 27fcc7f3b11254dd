import { resolve } from 'node:path';
import type { SetupOptions } from '../setup/setup';
import { withWork } from './withWork';

/** `millrace backup`: by the hub that runs, else here. */
export async function backup(
  options: SetupOptions & { json?: boolean; out?: string; keep?: number },
): Promise<void> {
  const { out, keep, json } = options;
  const made = await withWork(options, (work) =>
    work.backup({ ...(out !== undefined && { out: resolve(out) }), ...(keep !== undefined && { keep }) }),
  );
  if (json) {
    console.log(JSON.stringify(made, null, 2));
    return;
  }
  const { folder, rows, tables, bytes, seconds, removed, secrets } = made;
  console.log(
    `${rows.toLocaleString('en-US')} rows of ${tables} tables in ${(bytes / 1_000_000).toFixed(1)} MB, ${seconds.toFixed(1)} s:\n  ${folder}`,
  );
  if (removed.length > 0) console.log(`removed ${removed.length} older ones`);
  if (secrets.length > 0)
    console.log(
      `A restored hub needs besides, not in the backup:\n${secrets.map((one) => `  ${one}`).join('\n')}`,
    );
  console.log(`Restore it into a new folder with: npx millrace restore ${folder} --data NEW`);
}
