import type { Duration, Page, ReadRequest, Stream } from './contract';
import { MillraceError } from './errors';
import { countOf, lastOf, type Records } from './records';

/** Where a keyset read stands. Committed with the rows; a new sync starts at `cursor` minus the overlap. */
export interface Keyset {
  /** Cursor value of the newest record read so far, in the vendor's text; null when nothing was ever read. */
  cursor: string | null;
  tie: string | null;
  /** False in the middle of a run: the next read goes on right behind (cursor, tie). */
  isComplete: boolean;
}

/** What one page asks for. Ordered by cursor, then tie, both ascending. */
export interface ListQuery {
  /** Only records with cursor >= this (inclusive: start of a sync, overlap already taken off). */
  from?: string;
  /** Only records behind this position: cursor > c, or cursor = c and tie > t. Replaces `from`. */
  after?: { cursor: string; tie: string };
  /** Only records with cursor <= this (backfill). */
  to?: string;
  limit: number;
}

/**
 * Reads by keyset, not by offset: a row saved while we read moves to the end, and an offset would skip its neighbour.
 * Goes on until a page is empty, not until one is short: vendors cap pages without a word.
 */
export async function* keysetPages(
  stream: Stream,
  state: unknown,
  limit: number,
  list: (query: ListQuery) => Promise<Records>,
  request: ReadRequest = {},
): AsyncGenerator<Page> {
  const { cursor } = stream;
  if (!cursor) throw new Error(`stream ${stream.name} has no cursor: keysetPages cannot read it`);
  const before = request.from === undefined ? (state as Keyset | undefined) : undefined;
  let position = startOf(before);
  let newest = before?.cursor ?? null;
  let newestTie = before?.tie ?? null;
  const first =
    request.from ?? (before?.isComplete && before.cursor ? minus(before.cursor, cursor.overlap) : undefined);
  for (;;) {
    request.signal?.throwIfAborted();
    const records = await list({
      limit,
      ...(position ? { after: position } : first === undefined ? {} : { from: first }),
      ...(request.to === undefined ? {} : { to: request.to }),
    });
    const last = lastOf(records);
    if (!last || countOf(records) === 0) break;
    const reached = { cursor: String(last[cursor.field]), tie: String(last[cursor.tie]) };
    if (position && reached.cursor === position.cursor && reached.tie === position.tie)
      throw standsStill(stream, reached.cursor);
    position = reached;
    if (isBehind(position, newest)) {
      newest = position.cursor;
      newestTie = position.tie;
    }
    yield {
      records,
      state: { cursor: position.cursor, tie: position.tie, isComplete: false } satisfies Keyset,
    };
  }
  yield { records: [], state: { cursor: newest, tie: newestTie, isComplete: true } satisfies Keyset };
}

/** For example when the vendor sorts by a fraction of a second that it does not show: reading on would never end. */
function standsStill(stream: Stream, cursor: string): MillraceError {
  return new MillraceError('bad_answer', {
    what: `The vendor gave a page that ends where the page before ended (${stream.cursor?.field} ${cursor})`,
    where: `stream ${stream.name}`,
    todo: 'Choose a cursor field whose full value the vendor shows, or a larger page',
  });
}

function startOf(state: Keyset | undefined): { cursor: string; tie: string } | undefined {
  if (!state || state.isComplete || state.cursor === null || state.tie === null) return undefined;
  return { cursor: state.cursor, tie: state.tie };
}

/** Digits compare as numbers, times of one format as text. */
function isBehind(position: { cursor: string }, newest: string | null): boolean {
  if (newest === null) return true;
  if (/^\d+$/.test(newest) && /^\d+$/.test(position.cursor)) return BigInt(position.cursor) >= BigInt(newest);
  return position.cursor >= newest;
}

const UNIT_MS = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export function durationMs(duration: Duration): number {
  const [amount, unit] = duration.split(' ') as [string, keyof typeof UNIT_MS];
  return Number(amount) * UNIT_MS[unit];
}

/** A cursor moved back: epoch milliseconds stay digits, a time without zone stays one, in its own format. */
export function minus(cursor: string, overlap: Duration): string {
  if (/^\d+$/.test(cursor)) return String(BigInt(cursor) - BigInt(durationMs(overlap)));
  const separator = cursor.includes('T') ? 'T' : ' ';
  const zone = /(Z|[+-]\d\d:?\d\d)$/.exec(cursor)?.[1] ?? '';
  const naive = zone ? cursor.slice(0, -zone.length) : cursor;
  const instant = Date.parse(`${naive.replace(' ', 'T').slice(0, 23)}Z`);
  if (Number.isNaN(instant)) throw new Error(`a cursor is neither a time nor milliseconds: ${cursor}`);
  const fraction = /\.(\d+)$/.exec(naive)?.[1]?.length ?? 0;
  const text = new Date(instant - durationMs(overlap)).toISOString().slice(0, -1);
  const [seconds, millis = '000'] = text.split('.') as [string, string?];
  return (
    seconds.replace('T', separator) +
    (fraction ? `.${millis.padEnd(fraction, '0').slice(0, fraction)}` : '') +
    zone
  );
}
