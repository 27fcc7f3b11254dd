import {
  lastOf,
  type ListQuery,
  MillraceError,
  minus,
  type RawRecords,
  type Split,
  type Stream,
} from '../kit';
import { LOST_LOCATOR, QUERY_TIMEOUT } from './explain';

/** One SOQL query from its beginning, or the page behind a locator's address. */
export interface Ask {
  query(soql: string): Promise<Split>;
  next(path: string): Promise<Split>;
}

/** What a lister reads: the SELECT of a stream, and the newest time it may ask for. */
export interface Reading {
  stream: Stream;
  select: string;
  until: string;
}

const SHORTEST_MS = 60_000;

/**
 * Lists for `keysetPages`: a query ordered by (cursor, Id), then the pages behind its locator while the run goes on, and a new
 * query behind the last record where it does not. A query that the vendor gives up (QUERY_TIMEOUT) is asked for half of its
 * span, and again half, until it answers; the spans after it stay as short.
 */
export function lister(
  ask: Ask,
  { stream, select, until }: Reading,
): (query: ListQuery) => Promise<RawRecords> {
  const field = stream.cursor?.field ?? 'SystemModstamp';
  let next: string | undefined; // address of the next page
  let end: string | undefined; // of the span being read; undefined before the first query
  let spanMs: number | undefined; // after a query that took too long
  let reached: { cursor: string; tie: string } | undefined; // the last record given out

  return async ({ from, after, to, limit: _limit }) => {
    const last = to !== undefined && literalOf(to) < until ? literalOf(to) : until;
    const isGoingOn = after !== undefined && after.cursor === reached?.cursor && after.tie === reached?.tie;
    if (isGoingOn && next !== undefined) {
      const page = await behind(ask, next);
      if (page) return given(page);
    }
    let start = after ? literalOf(after.cursor) : from === undefined ? undefined : literalOf(from);
    let position = after;
    if (isGoingOn && end !== undefined && next === undefined) {
      if (end >= last) return NOTHING;
      [start, position] = [end, undefined]; // its own instant was read to the end: only later ones follow
    }
    let isOpen = position === undefined && isGoingOn; // whether the span begins behind its own beginning
    for (;;) {
      end = endOf(start, last, spanMs);
      const bounds = position
        ? behindRecord(field, position)
        : start === undefined
          ? ''
          : `${field} ${isOpen ? '>' : '>='} ${start} AND `;
      const page = await ask
        .query(`${select} WHERE ${bounds}${field} <= ${end} ORDER BY ${field}, Id`)
        .catch(mustBeTimeout);
      if (page instanceof MillraceError) {
        start ??= await firstTime();
        const lengthMs = Date.parse(end) - Date.parse(start ?? end);
        if (lengthMs <= SHORTEST_MS) throw page;
        spanMs = Math.ceil(lengthMs / 2);
        continue;
      }
      if (page.count > 0 || end >= last) return given(page);
      [start, position, isOpen] = [end, undefined, true];
    }
  };

  function given(page: Split): RawRecords {
    next = nextOf(page);
    const { lines, count } = page;
    const row = lastOf(page);
    if (row) reached = { cursor: String(row[field]), tie: String(row.Id) };
    return { lines, count };
  }

  /** The first time there is; the vendor has an index for this. */
  async function firstTime(): Promise<string | undefined> {
    const page = await ask.query(`SELECT ${field} FROM ${stream.vendorName} ORDER BY ${field} LIMIT 1`);
    const row = lastOf(page);
    return row && literalOf(String(row[field]));
  }
}

/** Behind the last record that was read: a later time, or the same time and a larger id. */
function behindRecord(field: string, { cursor, tie }: { cursor: string; tie: string }): string {
  const time = literalOf(cursor);
  return `(${field} > ${time} OR (${field} = ${time} AND Id > '${tie.replace(/\W/g, '')}')) AND `;
}

function mustBeTimeout(error: unknown): MillraceError {
  if (error instanceof MillraceError && isCalled(error, QUERY_TIMEOUT)) return error;
  throw error;
}

const NOTHING: RawRecords = { lines: Buffer.alloc(0), count: 0 };

function endOf(start: string | undefined, last: string, spanMs: number | undefined): string {
  if (spanMs === undefined || start === undefined) return last;
  const end = new Date(Date.parse(start) + spanMs).toISOString();
  return end < last ? end : last;
}

/** Undefined when the locator is no more: the query is then asked anew behind the last record. */
async function behind(ask: Ask, path: string): Promise<Split | undefined> {
  try {
    return await ask.next(path);
  } catch (error) {
    if (isCalled(error, LOST_LOCATOR)) return undefined;
    throw error;
  }
}

const isCalled = (error: unknown, errorCode: string): boolean =>
  error instanceof MillraceError && error.what.includes(`(${errorCode})`);

/** The address of the next page, below the API and nowhere else. */
export function nextOf({ envelope }: Split): string | undefined {
  const { nextRecordsUrl } = envelope as { nextRecordsUrl?: unknown };
  if (nextRecordsUrl === undefined || nextRecordsUrl === null) return undefined;
  if (typeof nextRecordsUrl === 'string' && nextRecordsUrl.startsWith('/services/data/'))
    return nextRecordsUrl;
  throw new MillraceError('bad_answer', { what: 'The address of the next page is none of the API' });
}

/** 2026-01-05T08:00:00.000+0000 as SOQL reads it: in UTC with Z, not quoted. */
function literalOf(time: string): string {
  const ms = Date.parse(time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(ms)) throw new MillraceError('bad_answer', { what: `No time: ${time.slice(0, 40)}` });
  return new Date(ms).toISOString();
}

/** The newest time that a sync asks for. */
export const settledTime = (now: Date, settleSeconds: number): string =>
  literalOf(minus(now.toISOString(), `${settleSeconds} seconds`));
