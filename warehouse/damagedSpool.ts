import { MillraceError, messageOf } from '../connectors/kit';

/** An engine that cannot read a spool file says so in many ways; the batch is read from its source once more. */
export function damagedSpool(error: unknown, file: string): unknown {
  if (error instanceof MillraceError || !messageOf(error).includes(file)) return error;
  return new MillraceError('spool_damaged', {
    what: 'A spool file was damaged between its writing and its loading',
    where: `file ${file}`,
    todo: 'Nothing: it was not committed and is read again. If it happens again, check the disk',
    cause: error,
  });
}
