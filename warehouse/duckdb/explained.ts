import { MillraceError, messageOf } from '../../connectors/kit';
import { diskFault } from '../diskFault';

/** What DuckDB says about its files, in our words; anything else stays as it is. */
export function explained(error: unknown, file: string): unknown {
  if (error instanceof MillraceError) return error;
  const message = messageOf(error);
  // First: after a write that failed at its commit every statement says so, and why stands behind it.
  if (/database has been invalidated/.test(message)) {
    return new MillraceError('warehouse_unusable', {
      what: 'The warehouse closed itself because its file could not be written',
      where: `file ${file}`,
      todo: 'Free space on its disk, then start Millrace again: what was committed is there, the rest is done again',
      cause: error,
    });
  }
  return diskFault(error, 'the warehouse', `file ${file}`) ?? error;
}
