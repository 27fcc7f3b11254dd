import { checkBatch } from '../check/checkBatch';
import { mergeBatch } from '../merge';
import type { Batch, Counts, Session } from '../warehouse';

/** Checks a spool file and merges it, inside the caller's transaction; what the check leaves is there for the merge as it is. */
export async function loadBatch(session: Session, batch: Batch): Promise<Counts> {
  if (batch.read === 0) return mergeBatch(session, batch, { bad: 0, clean: 0 });
  const checked = await checkBatch(session, batch);
  const counts = await mergeBatch(session, batch, checked);
  for (const table of ['clean', 'bad', 'drift']) await session.run(`drop table ${table}`);
  return counts;
}
