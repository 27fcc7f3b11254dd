import { durationMs, type Duration } from '../../../connectors/kit';
import { bad, type Check, instantOf, ok, span, warn, type Said } from '../finding';

/** As on the pages: late when the last good sync lies more than two intervals back (DAT-1). */
const LATE_AFTER_INTERVALS = 2;

export const sources: Check = {
  name: 'sources',
  async run({ warehouse, config, now }) {
    const runs = await warehouse.rows(
      `select connection, cast(max(ended_at) filter (where status in ('done', 'partial')) as varchar) as good_at,
         cast(max(ended_at) filter (where status = 'failed') as varchar) as failed_at
       from meta.run where kind = 'sync' group by connection`,
    );
    const late: Said[] = [];
    for (const [name, { every }] of Object.entries(config.connections)) {
      const run = runs.find((row) => row.connection === name);
      const where = `connection ${name}`;
      const todo = `Run: npx millrace check ${name}, then: npx millrace sync ${name}`;
      if (!run?.good_at) {
        late.push(warn('A source has never been synced', where, todo));
        continue;
      }
      const age = now.getTime() - instantOf(run.good_at).getTime();
      const hasFailed = run.failed_at !== null && instantOf(run.failed_at) > instantOf(run.good_at);
      if (age <= durationMs(every as Duration) * LATE_AFTER_INTERVALS && !hasFailed) continue;
      const what = `The last good sync is ${span(age)} old, every ${every} is wanted`;
      late.push(hasFailed ? bad(`${what}; the last one failed`, where, todo) : warn(what, where, todo));
    }
    if (late.length > 0) return late;
    const count = Object.keys(config.connections).length;
    return count === 0 ? [] : [ok(`All ${count} sources were synced in time`)];
  },
};
