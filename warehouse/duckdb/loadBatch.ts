import { checkBatch } from '../check/checkBatch';
import { recordsOf } from '../check/records';
import { mergeBatch } from '../merge';
import type { AlsoInBatch, Batch, Counts, Session } from '../warehouse';
import { countIfNew, insertNew, keepOrder } from './insertNew';

/** Checks a spool file and merges it, inside the caller's transaction; what the check leaves is there for the merge as it is. */
export async function loadBatch(session: Session, batch: Batch, also?: AlsoInBatch): Promise<Counts> {
  if (batch.read === 0) return mergeBatch(session, batch, { read: 0, bad: 0, clean: 0 });
  await keepOrder(session);
  const records = await recordsOf(session, batch);
  const isVendors = batch.after !== undefined && !also; // not a replay, which looks at `clean` afterwards
  if (isVendors && !batch.stream.snapshot) {
    const count = await countIfNew(session, batch, records);
    if (count !== undefined) return insertNew(session, batch, records, count);
  }
  await session.run('drop table if exists batch_key');
  const checked = await checkBatch(session, batch, records);
  const counts = await mergeBatch(session, batch, checked);
  await also?.(session, counts);
  for (const table of ['clean', 'bad', 'drift']) await session.run(`drop table ${table}`);
  return counts;
}
