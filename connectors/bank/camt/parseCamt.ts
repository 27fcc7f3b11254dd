import type { ParsedFile } from '../parsed';
import { withoutRepeats } from '../repeats';
import { unreadable } from './failure';
import { outlineOf } from './outline';
import { type Fallback, readStatement } from './statement';
import { textOf } from './text';

const MAX_BYTES = 200 * 1024 * 1024; // as text it takes the double; statements have some MB

/** Whether the beginning of a file is an ISO 20022 document; another message than CAMT is one too, and gets a clear error. */
export const isCamt = (head: string): boolean =>
  /^[^<\w]{0,20}</.test(head) &&
  /<(?:[\w.-]+:)?(?:Document|BkToCstmr\w+)[\s>]|iso:std:iso:20022|camt\.05[234]/.test(head);

/**
 * Reads camt.052 (report), camt.053 (statement) and camt.054 (notification), versions 001.01 to 001.13, ISO 20022 Bank to Customer
 * Cash Management. A line is an entry (Ntry), also of a batch: its payments are in `details`. Amounts are exact decimal text signed by
 * CdtDbtInd; only booked entries are lines, pending ones are named in `ignored`. `date` is the booking date as the bank writes it,
 * else the value date. `fallback` is for statements that name no account or currency; without it such entries are rejected.
 *
 * Throws file_unreadable with file, line and cause for what is cut off or not well formed, declares entities, or is no CAMT message.
 */
export function parseCamt(bytes: Buffer, name: string, fallback: Fallback = {}): ParsedFile {
  if (bytes.length > MAX_BYTES) throw unreadable(name, 1, `it has more than ${MAX_BYTES} bytes`);
  const { text, encoding } = textOf(bytes, name);
  const { messages } = outlineOf(text, name);
  const spans = messages.flatMap(({ kind, statements }) => statements.map((span) => ({ kind, span })));
  if (spans.length === 0)
    throw unreadable(name, messages[0]?.line ?? 1, 'its message holds no statement (Stmt, Rpt or Ntfctn)');
  const statements = withoutRepeats(
    spans.map(({ kind, span }, index) => readStatement({ text, name }, span, kind, index, fallback)),
    () => true,
  );
  const entries = statements.flatMap((statement) => statement.entries);
  const ignored = statements.flatMap((statement) => statement.ignored);
  const rejected = statements.flatMap((statement) => statement.rejected);
  const [message] = messages;
  return {
    format: 'camt',
    layout: `camt.${message?.kind}.${message?.version}`,
    encoding,
    rows: entries.length + ignored.length + rejected.length,
    statements: statements.map(({ facts }) => facts),
    entries,
    ignored,
    rejected,
    notes: statements.flatMap(({ notes }) => notes),
  };
}
