import type { Ignored, Note, ParsedFile } from '../parsed';
import { withoutRepeats } from '../repeats';
import { draftsOf } from './draft';
import { unreadable } from './source';
import { concluded } from './statement';
import { textOf } from './text';

const MAX_BYTES = 100 * 1024 * 1024; // a statement has some KB; as lines it takes several times its size
const TAGS = /^[\p{Cc}\ufeff ]*(?:\{4:\s*)?:(?:20|25|28C?|60[FM]|61|62[FM]|86|940):/mu;

/** Whether the beginning of a file has a field of MT940 or MT942 at the start of a line. */
export const isMt940 = (head: string): boolean => TAGS.test(head);

/**
 * Reads an MT940 customer statement or MT942 interim report, as SWIFT defines them (category 9) and as banks write them.
 * Amounts are exact decimal text signed by the mark: C and RD positive, D and RC negative. `date` is the entry date, where the
 * bank leaves it out the value date. `fallback` is for files that name no account or currency; without it such lines are rejected.
 *
 * Throws file_unreadable with file, line and cause when the file is cut off, has no statement, or its fields leave two readings.
 */
export function parseMt940(
  bytes: Buffer,
  name: string,
  fallback: { account?: string | undefined; currency?: string | undefined } = {},
): ParsedFile {
  if (bytes.length > MAX_BYTES) throw unreadable(name, 1, `it has more than ${MAX_BYTES} bytes`);
  const source = {
    name,
    ...textOf(bytes),
    account: fallback.account ?? null,
    currency: fallback.currency ?? null,
  };
  const { drafts, ignored } = draftsOf(source.text, name);
  if (drafts.length === 0)
    throw unreadable(name, 1, 'it holds no field of a statement, such as :20: or :61:');
  const statements = withoutRepeats(
    drafts.map((draft, index) => concluded(draft, index, source)),
    ({ opening, closing }) => opening !== null && closing !== null,
  );
  const entries = statements.flatMap((statement) => statement.entries);
  const rejected = statements.flatMap((statement) => statement.rejected);
  const passed: Ignored[] = [...ignored, ...statements.flatMap((statement) => statement.ignored)];
  const notes: Note[] = [...statements.flatMap((statement) => statement.notes), ...brokenChain(statements)];
  return {
    format: 'mt940',
    layout: drafts.every(({ isInterim }) => isInterim) ? 'mt942' : 'mt940',
    encoding: source.encoding,
    rows: entries.length + passed.length + rejected.length,
    statements: statements.map(({ facts }) => facts),
    entries,
    ignored: passed.sort((one, other) => one.line - other.line),
    rejected: rejected.sort((one, other) => one.line - other.line),
    notes: notes.sort((one, other) => one.line - other.line),
  };
}

/** Statements of one account that do not go on where the one before ended: between them something is missing. */
function brokenChain(statements: readonly ReturnType<typeof concluded>[]): Note[] {
  const closed = new Map<string, string | null>();
  return statements.flatMap(({ facts, line }) => {
    const before = closed.get(facts.account) ?? null;
    closed.set(facts.account, facts.closing);
    if (before === null || facts.opening === null || before === facts.opening) return [];
    return [{ line, text: `opens with ${facts.opening}, the statement before closed with ${before}` }];
  });
}
