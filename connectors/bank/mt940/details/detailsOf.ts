import { codewords } from './codewords';
import { labelled } from './labelled';
import { leadingAccount } from './leadingAccount';
import { nonSwift } from './nonSwift';
import { subfields } from './subfields';
import { type Details, textOrNull, unwrapped } from './text';

/** A dialect gives undefined when the text is not written in it. */
type Dialect = (lines: readonly string[]) => Details | undefined;

const DIALECTS: readonly Dialect[] = [subfields, codewords, labelled, nonSwift, leadingAccount];

/** Reads the text with the first dialect that knows it; a text in none of them is the remark as it stands. */
export function detailsOf(lines: readonly string[]): Details {
  for (const dialect of DIALECTS) {
    const details = dialect(lines);
    if (details !== undefined) return details;
  }
  return {
    counterpartyName: null,
    counterpartyAccount: null,
    remark: textOrNull(unwrapped(lines)),
    reference: null,
    dialect: 'plain',
  };
}
