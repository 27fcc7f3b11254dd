import { z } from 'zod';
import { noteWritten, type Warehouse } from '../../warehouse';

const DEFAULT = { days: 7, counts: 'calendar' } as const;

/** `stall` of millrace.yaml (METRICS FUN-10): when an opportunity that nothing moves counts as stalled. */
export const stallSchema = z
  .strictObject({
    /** Stalled on the day on which more than so many days have gone by without a movement. */
    days: z.int('write a number of days').min(1).max(365).default(DEFAULT.days),
    /** calendar: ordinary weekends count, holiday closures do not; workday: only workdays count. */
    counts: z.enum(['calendar', 'workday'], 'write calendar or workday').default(DEFAULT.counts),
  })
  .prefault({});

/** Puts the rule into the table that core.stall reads, no row for the default. Writes nothing when it stands there already. */
export async function keepPipelineSettings(
  warehouse: Warehouse,
  { stall }: { stall: z.output<typeof stallSchema> },
): Promise<void> {
  const { days, counts } = stall;
  const wanted = days === DEFAULT.days && counts === DEFAULT.counts ? [] : [{ days, counts }];
  const stored = await warehouse.rows('select days, counts from ops.stall_rule');
  const same = JSON.stringify(stored.map((row) => [Number(row.days), String(row.counts)]));
  if (same === JSON.stringify(wanted.map((row) => [row.days, row.counts]))) return;
  await warehouse.transaction(async (session) => {
    await session.run('delete from ops.stall_rule');
    for (const row of wanted)
      await session.run('insert into ops.stall_rule values (cast(? as int), ?)', [row.days, row.counts]);
    await noteWritten(session, 'ops.stall_rule');
  });
}
