import { durationMs, type Duration, messageOf } from '../../connectors/kit';
import type { Warehouse } from '../../warehouse';
import type { Config } from '../config/schema';
import type { SetupOptions } from '../setup/setup';
import { makeBackup } from './makeBackup';

/** How often it looks whether one is due. A failed one is tried again at the next look. */
const LOOK_EVERY_MS = 10 * 60_000;

/**
 * Backups by the config's `backup`, in the hub's own process: they land on its disk, whichever worker does the rest. When the
 * last one was made stands in the warehouse, so that restarts neither forget nor repeat one.
 */
export function scheduleBackups(
  warehouse: Warehouse,
  options: SetupOptions,
  { backup }: Pick<Config, 'backup'>,
  print: (line: string) => void,
  lookEveryMs = LOOK_EVERY_MS,
): { close(): Promise<void> } {
  if (!backup) return { close: () => Promise.resolve() };
  const everyMs = durationMs(backup.every as Duration);
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const stopping = new AbortController();
  const look = () => {
    if (isRunning) return;
    isRunning = true;
    running = makeWhenDue()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) print(`  backup failed: ${messageOf(error)}; see: npx millrace doctor`);
      })
      .finally(() => void (isRunning = false));
  };
  async function makeWhenDue(): Promise<void> {
    if (!(await isDue(warehouse, everyMs))) return;
    const { folder, rows, seconds } = await makeBackup(
      warehouse,
      options,
      {},
      {
        cause: 'schedule',
        signal: stopping.signal,
      },
    );
    print(`  backup of ${rows.toLocaleString('en-US')} rows in ${seconds.toFixed(1)} s: ${folder}`);
  }
  look();
  const timer = setInterval(look, lookEveryMs);
  return {
    close() {
      clearInterval(timer);
      stopping.abort();
      return running;
    },
  };
}

async function isDue(warehouse: Warehouse, everyMs: number): Promise<boolean> {
  const [last] = await warehouse.rows(
    `select extract(epoch from timezone('UTC', now()) - max(started_at)) as age_seconds from meta.backup
     where kind = 'backup' and status = 'done'`,
  );
  return (
    last?.age_seconds === null ||
    last?.age_seconds === undefined ||
    Number(last.age_seconds) * 1_000 >= everyMs
  );
}
