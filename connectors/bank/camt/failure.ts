import { MillraceError } from '../../kit';

/** The error of a CAMT file that cannot be read as a whole. */
export const unreadable = (name: string, line: number, problem: string, cause?: unknown): MillraceError =>
  new MillraceError('file_unreadable', {
    what: `${name} cannot be read as a CAMT statement: ${problem}`,
    where: `file ${name}, line ${line}`,
    todo: 'Download the file from the bank again, as camt.052, camt.053 or camt.054; if it comes the same, ask the bank',
    ...(cause === undefined ? {} : { cause }),
  });
