import { MillraceError } from '../errors';
import type { Http } from '../http';
import { keysetPages, type ListQuery } from '../keyset';
import { type Habits, PAGE_ROWS, things } from './tiny';

/** Ways of reading the tiny vendor that are wrong, for badHabits.ts. */
export function refuse(): never {
  throw new MillraceError('bad_answer', { what: 'no' });
}
export const mustHaveRows = <T>(rows: readonly T[]) => (rows.length === 0 ? refuse() : rows);
export const fullOnly = <T>(rows: readonly T[]) => (rows.length < PAGE_ROWS ? [] : rows);
export const plusMinute = (time: string) => new Date(Date.parse(time) + 60_000).toISOString();

export async function tried<T>(times: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (times <= 1) throw error;
    return tried(times - 1, work);
  }
}

export function telling(secret: string, http: Http, cause?: unknown): Http {
  const get: Http['get'] = (path, options) =>
    http.get(path, options).catch(() => {
      throw new MillraceError('login_refused', { what: `could not use ${secret}`, cause });
    });
  return {
    ...http,
    get,
    post: http.post.bind(http),
    send: http.send.bind(http),
    records: http.records.bind(http),
  };
}

async function rowsAt(http: Http, params: Record<string, string | number>) {
  return (
    (await http.get('/things', { params: { limit: PAGE_ROWS, ...params } })) as {
      rows: Record<string, unknown>[];
    }
  ).rows;
}

export const listWithoutTie = (http: Http, { after, from }: ListQuery) =>
  rowsAt(http, after ? { cursor: after.cursor } : from ? { from } : {});

export const pages = (http: Http, state: unknown) =>
  keysetPages(things, state, PAGE_ROWS, ({ after, from }) =>
    rowsAt(http, after ? { cursor: after.cursor, tie: after.tie } : from ? { from } : {}),
  );

export async function* nothing(state: unknown) {
  yield { records: [], state };
}

export function firstPages(count: number): NonNullable<Habits['read']> {
  return async function* (http, _stream, state) {
    let number = 0;
    for await (const page of pages(http, state)) if (number++ < count) yield page;
  };
}

export function untilShort(pageRows: number): NonNullable<Habits['read']> {
  return async function* (http) {
    const rows = await rowsAt(http, {});
    yield { records: rows.slice(0, pageRows - 1), state: {} };
  };
}

/** The next page begins with the last cursor value, so a value on more than a page never ends. */
export async function* fromCursorOnly(http: Http) {
  let from = '';
  for (let number = 0; number < 100; number++) {
    const rows = await rowsAt(http, from ? { from } : {});
    if (rows.length === 0) return;
    yield { records: rows, state: { from } };
    from = String(rows[rows.length - 1]?.changed);
  }
}

export async function* stateTooEarly(http: Http, _stream: unknown, state: unknown) {
  const all: Awaited<ReturnType<typeof collect>> = await collect(http, state);
  for (const [index, page] of all.entries()) yield { ...page, state: all[index + 1]?.state ?? page.state };
}

export async function* finalState(http: Http, _stream: unknown, state: unknown) {
  const all = await collect(http, state);
  for (const page of all) yield { ...page, state: all[all.length - 1]?.state };
}

export async function* clockInState(http: Http, _stream: unknown, state: unknown) {
  for await (const page of pages(http, state))
    yield { ...page, state: { ...(page.state as object), now: performance.now() } };
}

async function collect(http: Http, state: unknown) {
  const all = [];
  for await (const page of pages(http, state)) all.push(page);
  return all;
}

export async function* byOffset(http: Http, _stream: unknown, state: unknown) {
  const { offset: from = 0 } = (state ?? {}) as { offset?: number };
  for (let offset = from; ; ) {
    const rows = await rowsAt(http, { offset });
    if (rows.length === 0) return;
    offset += rows.length;
    yield { records: rows, state: { offset } };
  }
}

export async function* firstOf<T>(pagesOfKeys: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const page of pagesOfKeys) return yield page;
}

export function rememberedKeys(): NonNullable<Habits['keys']> {
  const known: string[][][] = [];
  return async function* (http, good) {
    if (known.length === 0) for await (const page of good(http)) known.push(page);
    yield* known;
  };
}

export function sessionLostOnceOnly() {
  let isFirst = true;
  return ({ status }: { status: number }) => {
    if (status !== 440) return undefined;
    const code = isFirst ? 'session_lost' : 'bad_request';
    isFirst = false;
    return code;
  };
}

export async function loggingInTwice(http: Http, query: ListQuery) {
  const list = () => rowsAt(http, query.after ? { cursor: query.after.cursor, tie: query.after.tie } : {});
  if (query.after) await http.post('/login', { body: { password: 'right-password' }, isLogin: true });
  return list();
}
