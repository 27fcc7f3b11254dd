import { MillraceError } from '../../kit';

/** The file that is read, and what to take where it names no account or currency. */
export interface Source {
  name: string;
  text: string;
  encoding: string;
  account: string | null;
  currency: string | null;
}

/** The error of a file that cannot be read as a whole. */
export const unreadable = (name: string, line: number, cause: string): MillraceError =>
  new MillraceError('file_unreadable', {
    what: `${name} cannot be read as an MT940 or MT942 statement: ${cause}`,
    where: `file ${name}, line ${line}`,
    todo: 'Download the file from the bank again; if it comes the same, ask the bank what it writes there',
  });
