import { company } from '../../test/cube/company';
import { type Answer, type AskOptions, type HubUnderTest, hubOver } from '../../test/hub/hubOver';
import { quoted } from '../../warehouse';
import { fieldLabels } from '../records/fieldLabels';
import { RECORD_TABLES } from '../records/tables';

/** E1 and E2 sell in 华东, E3 in 华南: each has customers c<n> and d<n>. What ERP and CRM say is one connection here. */
const CONFIG = `company: 测试公司
connections:
  erp:
    connector: kingdee
    config:
      baseUrl: http://127.0.0.1:1
      accountId: acc
      user: reader
      appId: app
      appSecret: \${API_TEST_SECRET}
users:
  - { id: root, name: 管理员, role: admin }
  - { id: finance, name: 财务, role: finance }
  - { id: boss, name: 总经理, role: manager }
  - { id: engineer, name: 工程师, role: engineer }
  - { id: east, name: 华东经理, role: region_manager, regions: [华东] }
  - { id: nowhere, name: 没有大区, role: region_manager }
`;

const OURS = (code: string) => ({
  error: {
    code,
    what: expect.any(String) as string,
    where: expect.any(String) as string,
    todo: expect.any(String) as string,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  },
});

let on: HubUnderTest;
beforeAll(async () => {
  process.env.API_TEST_SECRET = 'secret-of-the-erp';
  on = await hubOver(company, CONFIG);
});
afterAll(async () => {
  await on?.close();
  delete process.env.API_TEST_SECRET;
});

const ADMIN_ROUTES: [path: string, body?: object][] = [
  ['/api/runs'],
  ['/api/runs/any'],
  ['/api/check', {}],
  ['/api/sync', { connection: 'erp' }],
  ['/api/build', {}],
  ['/api/freeze', {}],
  ['/api/models'],
  ['/api/query', { query: { measures: ['receivables.gross'] }, as: 'boss' }],
  ['/api/sql', { sql: 'select * from core.customer' }],
  ['/api/reconcile', { connection: 'erp', isPreview: true }],
  ['/api/backfills'],
  ['/api/backfills', { connection: 'erp', from: '2026-03-01', to: '2026-03-31' }],
  ['/api/backfills/any'],
  ['/api/backfills/any/pause', {}],
  ['/api/doctor'],
  ['/api/backup', { keep: 1 }],
];
/** Raw records may hold personal data. */
const ENGINEER_ROUTES: typeof ADMIN_ROUTES = [
  ['/api/quarantine'],
  ['/api/quarantine/records?connection=erp&stream=customers'],
  ['/api/quarantine/preview-replay', {}],
  ['/api/quarantine/replay', {}],
  ['/api/quarantine/discard', { connection: 'erp', stream: 'customers', reason: 'x', why: 'x' }],
  ['/api/columns'],
  ['/api/columns/one?connection=erp&stream=customers&field=x'],
  ['/api/columns/accept', { connection: 'erp', stream: 'customers', field: 'x' }],
  ['/api/columns/reject', { connection: 'erp', stream: 'customers', field: 'x' }],
];
const ROUTES: typeof ADMIN_ROUTES = [
  ...ADMIN_ROUTES,
  ...ENGINEER_ROUTES,
  ['/api/me'],
  ['/api/freshness'],
  ['/api/cube-token'],
  ['/api/definitions'],
  ['/api/record?table=core.customer&id=erp:c1'],
  ['/api/record'],
  ['/api/statement/erp:X1'],
  ['/api/nothing'],
];
const withBody = (body?: object): AskOptions => (body ? { body } : {});

describe('who is in', () => {
  // As objects: of a row with one value jest would hand a `done` for the other.
  test.each(ROUTES.map(([path, body]) => ({ path, body })))(
    'nobody: $path is refused',
    async ({ path, body }) => {
      const { status, body: answer } = await on.ask(path, withBody(body));
      expect([status, answer]).toEqual([401, OURS('login_refused')]);
    },
  );

  test('nobody: neither is a body read that is no JSON', async () => {
    expect((await on.ask('/api/sql', { text: '{' })).status).toBe(401);
  });

  test('the link opens the hub once, with a cookie that scripts and other sites cannot use', async () => {
    const path = `/login?token=${on.tokens.oneTimeToken()}`;
    const first = await on.ask(path);
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect([first.status, first.text]).toEqual([200, expect.stringContaining('url=/')]);
    expect(cookie.replace(/=[^;]+/, '=<session>')).toBe(
      'millrace_session=<session>; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000',
    );
    const [session = ''] = cookie.split(';');
    expect((await on.ask('/api/me', { headers: { cookie: session } })).body).toMatchObject({
      user: { id: 'admin', scope: 'all' },
      language: 'zh',
      company: '测试公司',
    });
    const second = await on.ask(path);
    expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined]);
    expect(second.text).toContain('链接已失效');
  });

  test.each`
    what                               | cookie
    ${'a changed session'}             | ${() => `millrace_session=${on.tokens.sign('session', 'E1', 60)}x`}
    ${'a session that is over'}        | ${() => `millrace_session=${on.tokens.sign('session', 'E1', -1)}`}
    ${'a token for Cube as a session'} | ${() => `millrace_session=${on.tokens.sign('cube', 'E1', 60)}`}
    ${'the session of nobody we know'} | ${() => `millrace_session=${on.tokens.sign('session', 'E9', 60)}`}
    ${'a session under another name'}  | ${() => `session=${on.tokens.sign('session', 'E1', 60)}`}
  `('$what is refused', async ({ cookie }: { cookie: () => string }) => {
    expect((await on.ask('/api/me', { headers: { cookie: cookie() } })).status).toBe(401);
  });

  test('the command line comes in with the token of the data folder, not with a guess', async () => {
    const me = (authorization: string) => on.ask('/api/me', { headers: { authorization } });
    expect((await me(`Bearer ${on.adminToken}`)).body).toMatchObject({ user: { id: 'admin' } });
    expect((await me(`Bearer ${on.adminToken}x`)).status).toBe(401);
    expect((await me('Bearer ')).status).toBe(401);
  });
});

describe('from where', () => {
  const paths = ['/api/me', '/healthz', '/', '/login?token=x', '/cubejs-api/v1/meta'];
  test.each(['evil.example', '127.0.0.1.evil.example', '127.0.0.1@evil.example', '169.254.169.254'])(
    'a name that points here is refused: Host %s',
    async (host) => {
      for (const path of paths) {
        const { status, body } = await on.as('boss')(path, { headers: { host } });
        expect([path, status, body]).toEqual([path, 403, OURS('not_allowed')]);
      }
    },
  );

  test.each(['http://evil.example', 'https://127.0.0.1', 'null'])(
    'another site is refused: Origin %s',
    async (origin) => {
      for (const path of paths) {
        const { status } = await on.as('boss')(path, { headers: { origin } });
        expect([path, status]).toEqual([path, 403]);
      }
    },
  );

  test('its own pages are not', async () => {
    expect((await on.as('boss')('/api/me', { headers: { origin: on.web.url } })).status).toBe(200);
  });
});

describe('what is asked', () => {
  test.each(['GET /api/nothing', 'PUT /api/sync', 'GET /api/sync', 'DELETE /api/runs/1'])(
    '%s is not there',
    async (route) => {
      const [method = '', path = ''] = route.split(' ');
      const { status, body } = await on.as('root')(path, { method });
      expect([status, body]).toEqual([404, OURS('not_found')]);
    },
  );

  test.each`
    what                     | path                                  | sent
    ${'no JSON'}             | ${'/api/sql'}                         | ${{ text: '{"sql": ' }}
    ${'no body'}             | ${'/api/sql'}                         | ${{ method: 'POST' }}
    ${'another field'}       | ${'/api/sql'}                         | ${{ body: { sql: 'select 1', also: 1 } }}
    ${'another type'}        | ${'/api/sql'}                         | ${{ body: { sql: 1 } }}
    ${'a sync of nothing'}   | ${'/api/sync'}                        | ${{ body: {} }}
    ${'a text for a list'}   | ${'/api/build'}                       | ${{ body: { select: 'core.customer' } }}
    ${'a month in words'}    | ${'/api/freeze'}                      | ${{ body: { month: 'May 2026' } }}
    ${'too much'}            | ${'/api/sql'}                         | ${{ body: { sql: 'x'.repeat(1_100_000) } }}
    ${'a record without id'} | ${'/api/record?table=core.customer'}  | ${{}}
    ${'a list for a table'}  | ${'/api/record?table=a&table=b&id=1'} | ${{}}
  `('$what: bad request', async ({ path, sent }: { path: string; sent: AskOptions }) => {
    const { status, body } = await on.as('root')(path, sent);
    expect([status, body]).toEqual([400, OURS('bad_request')]);
  });

  test('a failure of ours is told without its text', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { status, body, text } = await on.as('root')('/api/build', { body: {} });
    expect([status, body]).toEqual([500, OURS('internal')]);
    expect(text).not.toContain('not part of this test');
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });
});

describe('what an administrator may', () => {
  test.each(['finance', 'boss', 'engineer', 'east', 'nowhere', 'E1'])('%s may not', async (person) => {
    for (const [path, body] of ADMIN_ROUTES) {
      const { status, body: answer } = await on.as(person)(path, withBody(body));
      expect([path, status, answer]).toEqual([path, 403, OURS('not_allowed')]);
    }
  });

  const sql = (text: string) => on.as('root')('/api/sql', { body: { sql: text } });

  test('read the warehouse with SQL', async () => {
    expect((await sql('select count(*) as n from core.customer where not is_internal')).body).toEqual([
      { n: '6' },
    ]);
  });

  test.each([
    'delete from core.customer',
    'select 1; drop table core.customer',
    "copy core.customer to '/tmp/x.csv'",
    "select * from read_text('/etc/passwd')",
  ])('not write with it, and read no file: %s', async (text) => {
    const { status, body } = await sql(text);
    expect([status, body]).toEqual([403, OURS('not_allowed')]);
    expect((await sql('select count(*) as n from core.customer where not is_internal')).body).toEqual([
      { n: '6' },
    ]);
  });

  test('ask Cube with the rights of somebody else', async () => {
    const query = { measures: ['customer_health.customers'] };
    const customers = async (as?: string) =>
      (await on.as('root')('/api/query', { body: { query, ...(as && { as }) } })).body;
    const answer = (n: string) => [{ 'customer_health.customers': n }];
    expect([await customers(), await customers('east'), await customers('E1')]).toEqual([
      answer('6'),
      answer('4'),
      answer('2'),
    ]);
    expect((await on.as('root')('/api/query', { body: { query, as: 'nobody' } })).status).toBe(404);
  });
});

/** What each of them may see: the numbers of the sellers whose customers are his. */
const SEES: Record<string, string[]> = {
  E1: ['1'],
  E2: ['2'],
  E3: ['3'],
  east: ['1', '2'],
  nowhere: [],
  boss: ['1', '2', '3'],
  finance: ['1', '2', '3'],
};
const foreignTo = (person: string) => ['1', '2', '3'].filter((one) => !SEES[person]?.includes(one));
/** Customers and their contacts, deals and documents carry the number of their seller in their names. */
const tracesOf = (seller: string) => [
  `客户c${seller}`,
  `客户d${seller}`,
  `erp:c${seller}`,
  `erp:d${seller}`,
  `商机s${seller}`,
  `"O${seller}"`,
  `"B${seller}"`,
];

describe('whose records', () => {
  const idsOf = async (table: string, sellers: readonly string[]) => {
    const { id, customer } = RECORD_TABLES[table] ?? {};
    const customers = sellers.flatMap((one) => [`'erp:c${one}'`, `'erp:d${one}'`]).join(', ') || 'null';
    const rows = await on.rows(
      `select ${quoted(id ?? '')} as id from ${table} where ${customer} in (${customers}) order by 1`,
    );
    return rows.map((row) => String(row.id));
  };
  const record = (person: string, table: string, id: string) =>
    on.as(person)(`/api/record?${new URLSearchParams({ table, id }).toString()}`);
  const withoutRequest = ({ text }: Answer, id: string) =>
    text.replace(/"requestId":"[^"]+"/, '').replaceAll(JSON.stringify(id).slice(1, -1), '<id>');

  beforeAll(async () => {
    await on.warehouse.transaction(async (session) => {
      const raw = (stream: string, entity: string) =>
        session.run(`create table raw.erp__${stream} as
          select source_id as _source_id, 'sync-1' as _sync_id, timestamp '2025-08-10 00:00:00' as _extracted_at, * from staging.${entity}`);
      await session.run('create schema if not exists raw');
      await raw('receivables', 'receivable_document');
      await raw('receivable_plans', 'instalment');
      await raw('receipt_entries', 'receipt');
      await raw('match_logs', 'allocation');
      await raw('bills', 'acceptance_bill');
      await raw('sales_orders', 'sales_order');
      await raw('customers', 'customer');
    });
  });

  describe.each(Object.keys(RECORD_TABLES))('%s', (table) => {
    test.each(Object.keys(SEES))(
      '%s sees his own, of the others not even that they are there',
      async (person) => {
        for (const id of await idsOf(table, SEES[person] ?? [])) {
          const { status, body, text } = await record(person, table, id);
          expect([id, status, body]).toMatchObject([id, 200, { table, id }]);
          for (const trace of foreignTo(person).flatMap(tracesOf))
            expect([id, text]).not.toEqual([id, expect.stringContaining(trace)]);
        }
        const nothing = withoutRequest(await record(person, table, 'erp:nothing'), 'erp:nothing');
        for (const id of await idsOf(table, foreignTo(person))) {
          const answer = await record(person, table, id);
          expect([id, answer.status, withoutRequest(answer, id)]).toEqual([id, 404, nothing]);
        }
      },
    );
  });

  test('there is something to see in each table, for each seller', async () => {
    for (const table of Object.keys(RECORD_TABLES)) {
      for (const seller of ['1', '2', '3'])
        expect([table, seller, await idsOf(table, [seller])]).not.toEqual([table, seller, []]);
    }
  });

  test('a bank line of an unknown payer belongs to nobody: only who sees all sees it', async () => {
    const id = 'bank:unknown';
    const statuses = await Promise.all(
      Object.keys(SEES).map(async (person) => [
        person,
        (await record(person, 'core.bank_transaction', id)).status,
      ]),
    );
    expect(Object.fromEntries(statuses)).toEqual({
      E1: 404,
      E2: 404,
      E3: 404,
      east: 404,
      nowhere: 404,
      boss: 200,
      finance: 200,
    });
  });

  test('a record is said in words, with what the source said and where it leads', async () => {
    const { body } = await record('E1', 'core.receivable_document', 'erp:O1');
    expect(body).toMatchObject({
      title: { zh: '应收单', en: 'Receivable document' },
      fields: expect.arrayContaining([
        { name: 'amount_cny', label: fieldLabels.amount_cny, value: '50000.55' },
      ]) as unknown,
      links: [{ label: { zh: '客户', en: 'Customer' }, table: 'core.customer', id: 'erp:c1' }],
      source: {
        connection: 'erp',
        stream: 'receivables',
        sourceId: 'O1',
        syncId: 'sync-1',
        extractedAt: '2025-08-10T00:00:00Z',
        raw: { number: 'O1' },
      },
    });
  });

  test('what a plan does not cover leads to its document, not to a plan of the same id', async () => {
    expect((await record('E1', 'core.open_item', 'erp:O1#O1/1')).body).toMatchObject({
      source: { stream: 'receivable_plans' },
    });
    expect((await record('E1', 'core.open_item', 'erp:B1')).body).toMatchObject({
      source: { stream: 'receivables', raw: { number: 'B1' } },
    });
  });

  test.each([
    'core.employee',
    'raw.erp__customers',
    'core.customer; drop table core.customer',
    '',
    'constructor',
  ])('no other table can be read so: %s', async (table) => {
    const { status, body } = await record('boss', table, '1');
    expect([status, body]).toEqual([404, OURS('not_found')]);
  });
});

describe('whose statements', () => {
  const statement = (person: string, id: string) => on.as(person)(`/api/statement/${encodeURIComponent(id)}`);

  test.each(Object.keys(SEES))('%s sees those about his customers', async (person) => {
    const missing = (await statement(person, 'erp:nothing')).text
      .replace(/"requestId":"[^"]+"/, '')
      .replaceAll('erp:nothing', '<id>');
    for (const seller of ['1', '2', '3']) {
      for (const id of [`erp:X${seller} 2025-06-20`, `erp:Y${seller} 2025-06-25`]) {
        const { status, text, body } = await statement(person, id);
        if (SEES[person]?.includes(seller)) {
          expect([id, status, body]).toMatchObject([
            id,
            200,
            { id, versions: [{ certainty: id.startsWith('erp:X') ? 'expected' : 'confirmed' }] },
          ]);
          for (const trace of foreignTo(person).flatMap(tracesOf))
            expect([id, text]).not.toEqual([id, expect.stringContaining(trace)]);
        } else {
          expect([id, status, text.replace(/"requestId":"[^"]+"/, '').replaceAll(id, '<id>')]).toEqual([
            id,
            404,
            missing,
          ]);
        }
      }
    }
  });
});

describe('whose token for Cube', () => {
  const tokenOf = async (person: string, query = '') => (await on.as(person)(`/api/cube-token${query}`)).text;
  const load = (authorization: string | undefined, query: object) =>
    on.ask('/cubejs-api/v1/load', {
      body: { query },
      ...(authorization !== undefined && { headers: { authorization } }),
    });
  const owners = { dimensions: ['customer_health.owner_id'], measures: ['customer_health.customers'] };

  test.each(Object.entries(SEES).filter(([, sellers]) => sellers.length > 0))(
    'of %s, for his rows',
    async (person, sellers) => {
      const { status, body } = await load(await tokenOf(person), owners);
      const rows = (body as { data?: Record<string, string>[] }).data ?? [];
      expect([status, rows.map((row) => row['customer_health.owner_id']).sort()]).toEqual([
        200,
        sellers.map((one) => `E${one}`),
      ]);
    },
  );

  test('nobody can ask for that of another', async () => {
    const token = await tokenOf('E1', '?as=boss&person=boss&id=boss');
    expect([on.tokens.verify('cube', token), on.tokens.verify('session', token)]).toEqual(['E1', undefined]);
  });

  test.each`
    what                   | token
    ${'none'}              | ${() => undefined}
    ${'a session'}         | ${() => on.tokens.sign('session', 'boss', 60)}
    ${'one that is over'}  | ${() => on.tokens.sign('cube', 'boss', -1)}
    ${'of nobody we know'} | ${() => on.tokens.sign('cube', 'E9', 60)}
    ${'the admin token'}   | ${() => on.adminToken}
    ${'of no rows at all'} | ${() => on.tokens.sign('cube', 'nowhere', 60)}
  `('$what: refused', async ({ token }: { token: () => string | undefined }) => {
    const { status, body } = await load(token(), owners);
    expect([status, body]).toEqual([403, { error: expect.any(String) as string }]);
  });
});
