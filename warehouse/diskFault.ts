import { MillraceError, messageOf } from '../connectors/kit';

const FULL = /ENOSPC|EDQUOT|EFBIG|No space left|Disk quota exceeded|File too large/i;
const REFUSED = /EACCES|EPERM|EROFS|ENOTDIR|EEXIST|Permission denied|Read-only file system|Not a directory/i;

/**
 * What a failed write means, in our words: `disk_full`, or `folder_unwritable` for a folder that may not be written or is none.
 * Undefined for anything else.
 */
export function diskFault(error: unknown, what: string, where: string): MillraceError | undefined {
  if (error instanceof MillraceError) return undefined;
  const text = `${(error as { code?: string } | null)?.code ?? ''} ${messageOf(error)}`;
  if (FULL.test(text)) {
    return new MillraceError('disk_full', {
      what: `There is no room left for ${what}`,
      where,
      todo: 'Free space on that disk (or raise the quota); nothing half done was kept, and the next run goes on where this one was',
      cause: error,
    });
  }
  if (REFUSED.test(text)) {
    return new MillraceError('folder_unwritable', {
      what: `${what[0]?.toUpperCase() ?? ''}${what.slice(1)} cannot be written`,
      where,
      todo: 'Let the user that runs Millrace write there, or name another data folder with --data',
      cause: error,
    });
  }
  return undefined;
}
