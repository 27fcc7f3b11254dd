import { z } from 'zod';
import { defineConnector, defineStream } from '../contract';
import { integer, money, secret, utcTime } from '../fields';
import type { Http, HttpOptions } from '../http';
import { keysetPages, type ListQuery } from '../keyset';
import type { Row } from '../records';
import { type Fault, Sandbox, type SandboxAnswer, type SandboxRequest } from '../sandbox';
import type { AcceptanceSubject } from './subject';

/** The smallest vendor and connector that pass every acceptance check; acceptance.test.ts breaks them one habit at a time. */
export const PAGE_ROWS = 5;
const START = Date.parse('2026-01-05T00:00:00Z');

export const things = defineStream({
  name: 'things',
  vendorName: 'thing',
  key: ['id'],
  cursor: { field: 'changed', tie: 'id', overlap: '1 minutes' },
  amount: 'amount',
  contract: z.object({ id: integer(), amount: money(), version: integer(), changed: utcTime() }),
});

/** Habits a connector may have wrong. */
export interface Habits {
  options?: Partial<HttpOptions>;
  list?: (http: Http, query: ListQuery, good: List) => ReturnType<List>;
  read?: Parameters<typeof defineConnector<typeof spec, Http>>[0]['read'];
  keys?: ((http: Http, good: Keys) => ReturnType<Keys>) | null;
  check?: Parameters<typeof defineConnector<typeof spec, Http>>[0]['check'];
  open?: (config: z.infer<typeof spec>, http: Http) => Http | Promise<Http>;
}
type List = (http: Http, query: ListQuery) => Promise<readonly Row[]>;
type Keys = (http: Http) => AsyncIterable<string[][]>;

const spec = z.object({ baseUrl: z.url(), password: secret() });
const answerOf = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

export function tiny(habits: Habits = {}) {
  const { options, keys, ...rest } = habits;
  const list: List = habits.list
    ? (http, query) => (habits.list ?? goodList)(http, query, goodList)
    : goodList;
  const goodRead = (http: Http, state: unknown) =>
    keysetPages(things, state, PAGE_ROWS, (query) => list(http, query));
  return defineConnector({
    name: 'tiny',
    title: { zh: '小样', en: 'Tiny' },
    spec,
    streams: [things],
    async open(config, kit) {
      let token = '';
      const http = kit.http({
        baseUrl: config.baseUrl,
        headers: () => ({ token }),
        async login(client) {
          const body = { password: config.password };
          const answer = await client.post('/login', { body, isLogin: true });
          token = z.object({ token: z.string() }).parse(answer).token;
        },
        explain({ status, head }) {
          if (status === 440) return 'session_lost';
          if (status === 403)
            return { code: 'permission_refused', todo: 'Give the user the right to read things' };
          if (head.startsWith('{"error"'))
            return { code: 'bad_request', message: String(JSON.parse(head).error) };
          return undefined;
        },
        ...options,
      });
      return habits.open ? habits.open(config, http) : http;
    },
    check:
      rest.check ??
      (async (http, stream) => {
        await http.get(stream ? '/things' : '/me', { params: { limit: 1 } });
      }),
    read: rest.read ?? ((http, _stream, state) => goodRead(http, state)),
    ...(keys !== null && { keys: (http: Http) => (keys ? keys(http, goodKeys) : goodKeys(http)) }),
  });
}

async function goodList(http: Http, { from, after, limit }: ListQuery): Promise<readonly Row[]> {
  const position: Record<string, string> = after
    ? { cursor: after.cursor, tie: after.tie }
    : from
      ? { from }
      : {};
  return answerOf.parse(await http.get('/things', { params: { ...position, limit } })).rows;
}

async function* goodKeys(http: Http): AsyncGenerator<string[][]> {
  for (let offset = 0; ; ) {
    const { rows } = answerOf.parse(await http.get('/things', { params: { offset, limit: PAGE_ROWS } }));
    if (rows.length === 0) return;
    yield rows.map(({ id }) => [String(id)]);
    offset += rows.length;
  }
}

class TinySandbox extends Sandbox {
  readonly rows = new Map<string, Row>();
  logins = 0;
  isForbidden = false;
  private token = 'none yet';

  seed(_kind: string, records: readonly Row[]): void {
    for (const record of records) this.rows.set(String(record.id), record);
  }

  remove(_kind: string, keys: readonly string[]): void {
    for (const key of keys) this.rows.delete(key);
  }

  protected override isSpared({ path }: SandboxRequest): boolean {
    return path === '/login';
  }

  protected override faultAnswer(fault: Fault): SandboxAnswer | undefined {
    if (fault === 'business_error') return { body: { error: 'the books are closed' } };
    if (fault !== 'session_lost') return undefined;
    this.token = 'gone';
    return { status: 440, body: {} };
  }

  protected answer({ path, headers, body, query }: SandboxRequest): SandboxAnswer {
    if (path === '/login') return this.login(String((JSON.parse(body.toString()) as Row).password));
    if (headers.token !== this.token) return { status: 440, body: {} };
    if (path === '/me') return { body: {} };
    if (this.isForbidden) return { status: 403, body: {} };
    const number = (name: string) => Number(query.get(name) ?? 0);
    const rows = [...this.rows.values()].sort(byCursor).filter(({ id, changed }) => {
      const cursor = query.get('cursor');
      if (cursor === null) return String(changed) >= (query.get('from') ?? '');
      const isBehindTie = query.get('tie') === null || Number(id) > number('tie');
      return String(changed) > cursor || (query.get('tie') !== null && changed === cursor && isBehindTie);
    });
    return {
      body: { rows: rows.slice(number('offset'), number('offset') + Math.min(number('limit'), PAGE_ROWS)) },
    };
  }

  private login(password: string): SandboxAnswer {
    this.logins++;
    if (password !== 'right-password') return { status: 401, body: {} };
    this.token = `token-${this.logins}`;
    return { body: { token: this.token } };
  }
}

const byCursor = (one: Row, other: Row) =>
  String(one.changed) < String(other.changed)
    ? -1
    : one.changed === other.changed
      ? Number(one.id) - Number(other.id)
      : 1;

export async function openTiny(): Promise<AcceptanceSubject> {
  const sandbox = new TinySandbox();
  await sandbox.start();
  let made = 0;
  let second = 0;
  const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
  const thing = (amount: string, changed: string) => ({ id: ++made, amount, version: 1, changed });
  return {
    config: { baseUrl: sandbox.baseUrl, password: 'right-password' },
    wrongConfig: { baseUrl: sandbox.baseUrl, password: 'wrong-password' },
    stream: 'things',
    pageRows: PAGE_ROWS,
    seed(count, { sameCursor = false } = {}) {
      if (sameCursor) second += 60;
      const rows = Array.from({ length: count }, () =>
        thing('1.00', at(sameCursor ? second : (second += 60))),
      );
      sandbox.seed('thing', rows);
    },
    touch(keys, { isLate = false } = {}) {
      const changed = isLate ? at(second - 30) : at((second += 60));
      sandbox.seed(
        'thing',
        keys.map((key) => ({ ...sandbox.rows.get(key), version: 2, changed })),
      );
    },
    remove: (keys) => sandbox.remove('thing', keys),
    addBadRow() {
      sandbox.seed('thing', [thing('one', at((second += 60)))]);
      return String(made);
    },
    inject: (fault, options) => sandbox.inject(fault, options),
    forbid: () => void (sandbox.isForbidden = true),
    recordsAtVendor: () => [...sandbox.rows.keys()],
    loginAttempts: () => sandbox.logins,
    businessWords: /the books are closed/,
    throttledForMs: 1_000,
    close: () => sandbox.stop(),
  };
}
