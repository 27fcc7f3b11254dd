import { type ListQuery, MillraceError, type RawRecords, type Split } from '../kit';

/** A condition of `search_query_info`; conditions of one query all hold (there is no OR). */
export interface Filter {
  field_name: string;
  operator: 'EQ' | 'GT' | 'LT';
  field_values: [string];
}

export interface Order {
  fieldName: string;
  isAsc: true;
}

/** One query at offset 0. */
export type Ask = (filters: Filter[], orders: Order[]) => Promise<Split>;

const TIME = 'last_modified_time';
const byTime: Order[] = [
  { fieldName: TIME, isAsc: true },
  { fieldName: '_id', isAsc: true },
];
export const byId: Order[] = [{ fieldName: '_id', isAsc: true }];

export const where = (field_name: string, operator: Filter['operator'], value: string): Filter => ({
  field_name,
  operator,
  field_values: [value],
});

/**
 * Lists for `keysetPages` with conditions that can only be joined by AND, in one call per page.
 *
 * A full page is cut before its last instant, so that everything up to the page's last record is complete and the next
 * page asks for later times only. Where one instant fills a whole page (an import writes a hundred records in one
 * millisecond), its records are read by `_id` alone. No order among equal times is relied on. A page shorter than the
 * limit that the answer names is the last one ("返回条数 < limit 时结束").
 */
export function lister(ask: Ask): (query: ListQuery) => Promise<RawRecords> {
  let isFirst = true;
  let isLast = false;
  let tiedAt: string | undefined; // an instant whose records are being read by _id

  return async ({ from, after, to, limit }) => {
    if (isLast) return NOTHING;
    const isResumed = isFirst && after !== undefined; // the last run may have ended among equal times
    isFirst = false;
    if (after && (isResumed || tiedAt === after.cursor)) {
      const rest = await ask([where(TIME, 'EQ', after.cursor), where('_id', 'GT', after.tie)], byId);
      tiedAt = isFull(rest, limit) ? after.cursor : undefined;
      if (rest.count > 0) return rest;
    }
    const filters: Filter[] = [];
    if (after) filters.push(where(TIME, 'GT', after.cursor));
    else if (from !== undefined) filters.push(where(TIME, 'GT', shifted(from, -1n)));
    if (to !== undefined) filters.push(where(TIME, 'LT', shifted(to, 1n)));
    const page = await ask(filters, byTime);
    if (!isFull(page, limit)) {
      isLast = true;
      return page;
    }
    const complete = withoutLastInstant(page);
    if (complete.count > 0) return complete;
    tiedAt = timeOf(page.lines);
    return ask([where(TIME, 'EQ', tiedAt)], byId);
  };
}

const NOTHING: RawRecords = { lines: Buffer.alloc(0), count: 0 };

/** The vendor may serve fewer records than it was asked for; then its answer says so. */
export function isFull({ count, envelope }: Split, limit: number): boolean {
  const served = (envelope as { data?: { limit?: unknown } }).data?.limit;
  return count >= Math.min(limit, typeof served === 'number' && served > 0 ? served : limit);
}

const shifted = (milliseconds: string, by: bigint): string => String(BigInt(milliseconds) + by);

const NEWLINE = 0x0a;

/** The page without the records that have its last time; empty when all have it. */
function withoutLastInstant({ lines, count }: RawRecords): RawRecords {
  let end = lines.length;
  let left = count;
  let last: string | undefined;
  while (left > 0) {
    const start = lines.lastIndexOf(NEWLINE, end - 2) + 1;
    const time = timeOf(lines.subarray(start, end));
    last ??= time;
    if (time !== last) break;
    end = start;
    left--;
  }
  return { lines: lines.subarray(0, end), count: left };
}

/** The time of the first record in `lines`. */
function timeOf(lines: Buffer): string {
  const row = JSON.parse(lines.toString('utf8', 0, lines.indexOf(NEWLINE))) as Record<string, unknown>;
  const time = row[TIME];
  if (typeof time === 'string') return time;
  throw new MillraceError('bad_answer', { what: `A record has no ${TIME}` });
}
