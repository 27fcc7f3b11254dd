import { MillraceError } from './errors';
import { createHttp, type HttpOptions } from './http';
import { Sandbox, type SandboxAnswer, type SandboxRequest } from './sandbox';

/** A server that answers from a list, one answer for each request; the last one for ever. */
class Script extends Sandbox {
  answers: ((request: SandboxRequest) => SandboxAnswer)[] = [];
  requests: SandboxRequest[] = [];

  seed(): void {}
  remove(): void {}
  protected answer(request: SandboxRequest): SandboxAnswer {
    const next = this.answers[Math.min(this.requests.length, this.answers.length - 1)];
    this.requests.push(request);
    return next?.(request) ?? { body: {} };
  }
}

const script = new Script();
beforeAll(() => script.start());
afterAll(() => script.stop());
beforeEach(() => {
  script.answers = [];
  script.requests = [];
});

const answering = (...answers: (SandboxAnswer | ((request: SandboxRequest) => SandboxAnswer))[]) => {
  script.answers = answers.map((answer) => (typeof answer === 'function' ? answer : () => answer));
};
const client = (options: Partial<HttpOptions> = {}, signal?: AbortSignal) =>
  createHttp(
    { baseUrl: script.baseUrl, ...options },
    {
      connection: 'erp',
      redact: (text) => text.replaceAll('s3cret', '***'),
      retryMs: 1,
      ...(signal && { signal }),
    },
  );

async function failureOf(work: Promise<unknown>): Promise<MillraceError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MillraceError) return error;
  throw new Error(`no MillraceError: ${String(error)}`);
}

describe('the way out of a connector', () => {
  test.each([
    [401, 'login_refused', 1],
    [403, 'permission_refused', 1],
    [404, 'not_found', 1],
    [408, 'timeout', 3],
    [429, 'rate_limited', 3],
    [500, 'vendor_busy', 3],
    [302, 'bad_request', 1],
    [422, 'bad_request', 1],
  ])('status %i means %s and is asked %i times', async (status, code, times) => {
    answering({ status, body: {}, headers: { location: 'http://127.0.0.1:9/' } });
    const error = await failureOf(client({ retries: 2 }).get('/x'));
    expect([error.code, script.requests.length]).toEqual([code, times]);
    expect(error.where).toBe('connection erp, request GET /x');
  });

  test.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 1_900).toUTCString()],
  ])('Retry-After as %s is waited for', async (_how, header) => {
    answering({ status: 429, headers: { 'retry-after': header() }, body: {} }, { body: { ok: 1 } });
    const startedAt = Date.now();
    await expect(client().get('/x')).resolves.toEqual({ ok: 1 });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(850); // a date has whole seconds
  });

  test('many requests that lost the session together log in once, and all are answered', async () => {
    let token = 'old';
    let logins = 0;
    script.answers = [
      ({ headers }) => (headers.token === 'new' ? { body: { ok: 1 } } : { status: 440, body: {} }),
    ];
    const http = client({
      headers: () => ({ token }),
      explain: ({ status }) => (status === 440 ? 'session_lost' : undefined),
      login: async () => {
        logins++;
        await new Promise((resolve) => setTimeout(resolve, 300));
        token = 'new';
      },
    });
    const answers = await Promise.all([1, 2, 3, 4].map(() => http.get('/x')));
    expect(answers).toHaveLength(4);
    expect(logins).toBe(1);
  });

  test('a session that a login does not bring back is given up', async () => {
    answering({ status: 440, body: {} });
    let logins = 0;
    const http = client({
      retries: 2,
      explain: () => 'session_lost',
      login: () => Promise.resolve(void logins++),
    });
    expect((await failureOf(http.get('/x'))).code).toBe('session_lost');
    expect(logins).toBe(1);
  });

  test('half a body is asked for again, by get, by post and by records', async () => {
    const half = { headers: { 'content-type': 'application/json' }, body: '{"rows":[{"a":1},{"a"' };
    const whole = { body: { rows: [{ a: 1 }, { a: 2 }] } };
    answering(half, whole);
    await expect(client().get('/x')).resolves.toEqual(whole.body);
    script.requests = [];
    await expect(client().post('/x', { body: {} })).resolves.toEqual(whole.body);
    script.requests = [];
    const { count, lines } = await client().records('GET', '/x', { path: ['rows'] });
    expect([count, lines.toString()]).toEqual([2, '{"a":"1"}\n{"a":"2"}\n']);
  });

  test('the explanation of an answer carries the words of the vendor, without secrets', async () => {
    answering({ body: { error: 'user s3cret is unknown' } });
    const explain: HttpOptions['explain'] = ({ head }) => ({
      code: 'bad_request',
      message: head,
      todo: 'Ask s3cret',
    });
    const error = await failureOf(client({ explain }).get('/s3cret', { params: { key: 's3cret' } }));
    expect(error.describe()).not.toContain('s3cret');
    expect(error.what).toContain('user *** is unknown');
    expect(error.where).toBe('connection erp, request GET /***');
  });

  test.each(['http://127.0.0.1:9/x', '//127.0.0.1:9/x', 'HTTPS://example.com'])(
    'a request to %s may not leave',
    async (path) => {
      const error = await failureOf(client().get(path));
      expect(error.what).toBe('A request may not leave the configured host');
      expect(script.requests).toEqual([]);
    },
  );

  test('a redirect is not followed', async () => {
    answering({ status: 302, headers: { location: '/elsewhere' }, body: '' });
    expect((await failureOf(client().get('/x'))).todo).toContain('redirects');
    expect(script.requests).toHaveLength(1);
  });

  test('no answer in time is a timeout, nobody there a network error', async () => {
    script.inject('slow');
    expect((await failureOf(client({ timeoutMs: 50, retries: 0 }).get('/x'))).code).toBe('timeout');
    const nobody = createHttp(
      { baseUrl: 'http://127.0.0.1:9', retries: 0 },
      { connection: 'erp', redact: (text) => text },
    );
    const error = await failureOf(nobody.get('/x'));
    expect([error.code, error.todo]).toEqual([
      'network',
      'Check the address and that this machine reaches it',
    ]);
  });

  test('a cancelled request is no error of the vendor', async () => {
    const controller = new AbortController();
    const work = client({}, controller.signal).get('/x');
    controller.abort();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  });
});
