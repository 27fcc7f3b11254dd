import { existsSync } from 'node:fs';
import { durationMs, type Duration } from '../../../connectors/kit';
import { bad, type Check, instantOf, megabytes, ok, span, warn } from '../finding';

const DAY_MS = 86_400_000;
/** Without a schedule in the config. */
const OLD_MS = 7 * DAY_MS;
/** One that is due takes its time, and a hub may be down for a while. */
const LATE_AFTER_INTERVALS = 2;

/** A restore counts as well: what it came from is a backup of all that was there then. */
export const backups: Check = {
  name: 'backup',
  async run({ warehouse, now, config }) {
    const [newest] = await warehouse.rows(
      `select cast(max(started_at) filter (where status = 'done') as varchar) as done_at,
         cast(max(started_at) filter (where status = 'failed') as varchar) as failed_at
       from meta.backup`,
    );
    const todo =
      'Run: npx millrace backup --out DIR (best on another disk), or write backup: { every: 1 days } into the config';
    const doneAt = newest?.done_at ? instantOf(newest.done_at) : undefined;
    const failedAt = newest?.failed_at ? instantOf(newest.failed_at) : undefined;
    if (failedAt && (!doneAt || failedAt > doneAt))
      return [
        bad('The last backup failed', await reason(), 'Do what it says, then run: npx millrace backup'),
      ];
    if (!doneAt) return [warn('There has never been a backup', null, todo)];
    const [last] = await warehouse.rows(
      "select folder, bytes from meta.backup where status = 'done' order by started_at desc limit 1",
    );
    const where = `folder ${String(last?.folder)}`;
    const age = now.getTime() - doneAt.getTime();
    const every = config.backup?.every as Duration | undefined;
    const limit = every ? durationMs(every) * LATE_AFTER_INTERVALS : OLD_MS;
    if (age > limit) return [warn(`The last backup is ${span(age)} old`, where, todo)];
    if (!existsSync(String(last?.folder)))
      return [
        warn(
          'The last backup is not where it was made',
          where,
          'If it was moved to a safe place, all is well',
        ),
      ];
    return [ok(`The last backup is ${span(age)} old and has ${megabytes(Number(last?.bytes))}`, where)];

    async function reason(): Promise<string> {
      const [row] = await warehouse.rows(
        "select folder, json_text(error, 'what') as what from meta.backup where status = 'failed' order by started_at desc limit 1",
      );
      return `${String(row?.what)}, folder ${String(row?.folder)}`;
    }
  },
};
