import { randomUUID } from 'node:crypto';
import { createKit, linesOf, MillraceError, type Page, secretsIn, type Stream } from '../kit';
import { acceptance } from '../kit/acceptance';
import { fxiaoke } from './connector';
import { FxiaokeSandbox, type SandboxOptions } from './sandbox';
import { sessionOf } from './session';
import { configOf, idOf, openSubject, START } from './subject';

acceptance(fxiaoke, openSubject);

describe('fxiaoke', () => {
  const sandboxes: FxiaokeSandbox[] = [];
  afterEach(() => Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.stop())));

  /** A tenant with `accounts` accounts, one a minute, and the connector over it. */
  async function given({ accounts = 0, ...options }: Partial<SandboxOptions> & { accounts?: number } = {}) {
    const sandbox = new FxiaokeSandbox({ callsPer20Seconds: 10_000, ...options });
    sandboxes.push(sandbox);
    await sandbox.start();
    const rows = Array.from({ length: accounts }, (_, index) => account(index, START + index * 60_000));
    sandbox.seed('AccountObj', rows);
    sandbox.seed('PersonnelObj', [{ _id: '1001', user_id: '1001', status: '0', owner: ['1001'] }]);
    return { sandbox, config: configOf(sandbox) };
  }

  test('streams that begin together log in once', async () => {
    const { sandbox, config } = await given({ accounts: 1 });
    const sources = await Promise.all([1, 2, 3].map(() => open(config)));
    await Promise.all(sources.map((source) => source.check()));
    expect(sandbox.gate.logins).toBe(1);
  });

  test('a token near its end is replaced before it ends', async () => {
    const clock = { now: START };
    const { sandbox, config } = await given({ accounts: 1, now: () => clock.now });
    const source = await open(config, () => new Date(clock.now));
    const logins: number[] = [];
    for (const minutes of [0, 60, 112, 115, 200]) {
      clock.now = START + minutes * 60_000;
      await source.check();
      logins.push(sandbox.gate.logins);
    }
    expect(logins).toEqual([1, 1, 2, 2, 2]);
    expect(sandbox.calls.get('POST /cgi/crm/v2/object/list')).toBe(5); // none was refused first
  });

  test('a lost session that another stream has renewed meanwhile is not renewed again', async () => {
    const { sandbox, config } = await given();
    const session = sessionOf(config, Date.now);
    const http = createKit({ connection: 'test', secrets: [] }).http({ baseUrl: config.baseUrl });
    await session.ensure(http);
    const lost = session.value;
    sandbox.gate.loseTokens();
    await session.renew(http, lost);
    await session.renew(http, lost);
    expect(sandbox.gate.logins).toBe(2);
  });

  test('a page costs one call, and a sync without changes costs one', async () => {
    const { sandbox, config } = await given({ accounts: 950 });
    const source = await open({ ...config, rowsPerPage: 100 });
    const first = await read(source, 'accounts');
    expect(first.ids).toHaveLength(950);
    expect(queries(sandbox)).toBe(10); // nine of 99 (the last instant of a full page is left to the next), one of 59
    const again = await read(source, 'accounts', first.state);
    expect(queries(sandbox)).toBe(11);
    expect(again.ids).toHaveLength(11); // the overlap of ten minutes
  });

  test('a thousand records of one instant are read by _id, whole and once, also after a stop in the middle', async () => {
    const { sandbox, config } = await given({ accounts: 30 });
    const imported = Array.from({ length: 1_000 }, (_, index) => account(100 + index, START + 600_500));
    sandbox.seed('AccountObj', imported);
    const source = await open({ ...config, rowsPerPage: 100 });
    const whole = await read(source, 'accounts');
    expect(whole.ids).toHaveLength(1_030);
    expect(new Set(whole.ids).size).toBe(1_030);
    for (const [index, state] of whole.states.entries()) {
      const rest = await read(source, 'accounts', state);
      expect(new Set([...whole.pages.slice(0, index + 1).flat(), ...rest.ids]).size).toBe(1_030);
    }
  });

  test('a backfill reads its range, ends included', async () => {
    const { config } = await given({ accounts: 20 });
    const range = { from: String(START + 60_000), to: String(START + 5 * 60_000) };
    const { ids } = await read(await open(config), 'accounts', undefined, range);
    expect(ids).toEqual([1, 2, 3, 4, 5].map(idOf));
  });

  test('an invalidated record leaves the list and the keys', async () => {
    const { sandbox, config } = await given({ accounts: 3 });
    sandbox.invalidate('AccountObj', [idOf(1)]);
    const source = await open(config);
    expect((await read(source, 'accounts')).ids).toEqual([idOf(0), idOf(2)]);
    expect(await keys(source, 'accounts')).toEqual([[idOf(0)], [idOf(2)]]);
  });

  test('a user who is no administrator gets his own records, and nothing says that others are missing', async () => {
    const { sandbox, config } = await given({ accounts: 3 });
    sandbox.seed('AccountObj', [{ ...account(9, START), owner: ['1001'] }]);
    const source = await open({ ...config, userId: '1001' });
    expect((await read(source, 'accounts')).ids).toEqual([idOf(9)]);
  });

  test('employees that nobody shares are a refusal, not an empty list', async () => {
    const { config } = await given({ sharesPersonnel: false });
    const source = await open(config);
    const error = await failure(source.check(streamOf(source, 'employees')));
    expect(error.code).toBe('permission_refused');
    expect(error.todo).toContain('数据共享');
  });

  test('fields that the tenant does not have are not asked for; a missing required one is named', async () => {
    const { sandbox, config } = await given();
    sandbox.seed('Other__c', [{ _id: 'a', name: 'x' }]);
    const source = await open({ ...config, stageHistoryObject: 'Other__c' });
    const error = await failure(source.check(streamOf(source, 'stage_changes')));
    expect(error.code).toBe('config_invalid');
    expect(error.message).toContain('opportunity__c, to_stage__c, changed_time__c');
  });

  test('an object that the tenant does not keep is an empty stream without a call', async () => {
    const { sandbox, config } = await given();
    const source = await open({ ...config, forecastObject: null });
    await source.check(streamOf(source, 'collection_forecasts'));
    expect((await read(source, 'collection_forecasts')).ids).toEqual([]);
    expect(await keys(source, 'collection_forecasts')).toEqual([]);
    expect([...sandbox.calls]).toEqual([]);
  });

  test('the options of select fields are a stream, in their order', async () => {
    const { sandbox, config } = await given();
    const stages = [
      { value: 'k1', label: '技术评审' },
      { value: 'k2', label: '赢单' },
    ];
    sandbox.setOptions('NewOpportunityObj', 'sales_stage', stages);
    const { rows } = await read(await open(config), 'options');
    expect(rows.filter(({ field }) => field === 'sales_stage')).toEqual([
      { stream: 'opportunities', field: 'sales_stage', value: 'k1', label: '技术评审', position: '1' },
      { stream: 'opportunities', field: 'sales_stage', value: 'k2', label: '赢单', position: '2' },
    ]);
  });

  test.each`
    case                                          | options                     | code
    ${'the calls of the day are used up'}         | ${{ callsPerDay: 3 }}       | ${'quota_exhausted'}
    ${'no calls were bought'}                     | ${{ callsPerDay: 0 }}       | ${'quota_exhausted'}
    ${'too many calls in 20 seconds, five times'} | ${{ callsPer20Seconds: 3 }} | ${'rate_limited'}
  `('$case: $code', async ({ options, code }: { options: Partial<SandboxOptions>; code: string }) => {
    const { config } = await given({ accounts: 30, ...options });
    const error = await failure(open(config).then((source) => read(source, 'accounts')));
    expect(error.code).toBe(code);
    expect(error.where).toContain('connection test');
  });

  test('the website instead of the gateway is told apart', async () => {
    const { sandbox, config } = await given();
    const error = await failure(
      open({ ...config, baseUrl: `${sandbox.baseUrl}/website` }).then((each) => each.check()),
    );
    expect(error.todo).toContain('open.fxiaoke.com');
  });

  test('the vendor refuses what its documents forbid', async () => {
    const { sandbox, config } = await given({ accounts: 3 });
    await (await open(config)).check(); // makes a token
    const ask = await rawQuery(sandbox, config);
    expect(await ask({ limit: 101 })).toMatchObject({ errorCode: 32000 });
    expect(await ask({ limit: 10, offset: 5 })).toMatchObject({ errorCode: 32000 });
    expect(await ask({ limit: 100, offset: 10_100 })).toMatchObject({ errorCode: 10013 });
    expect(await ask({ operator: 'NEQ' })).toMatchObject({ errorCode: 32000 });
    expect(await ask({ path: '/cgi/crm/custom/v2/data/query' })).toMatchObject({ errorCode: 32000 });
    expect(await ask({ traceId: 'not-a-uuid' })).toMatchObject({ errorCode: 32000 });
    expect(await ask({})).toMatchObject({ errorCode: 0, data: { limit: 100, offset: 0, total: 3 } });
  });
});

function account(index: number, last_modified_time: number) {
  return { _id: idOf(index), name: `客户${index}`, owner: ['1000'], last_modified_time, create_time: START };
}

async function open(config: Record<string, unknown>, now?: () => Date) {
  const secrets = secretsIn(fxiaoke.spec, config);
  const kit = createKit({ connection: 'test', secrets, retryMs: 1, ...(now && { now }) });
  return fxiaoke.connect(config, kit);
}

type Source = Awaited<ReturnType<typeof open>>;

function streamOf(source: Source, name: string): Stream {
  const stream = source.streams.find((each) => each.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  return stream;
}

async function read(source: Source, name: string, from?: unknown, range = {}) {
  const pages: string[][] = [];
  const states: unknown[] = [];
  const rows: Record<string, unknown>[] = [];
  for await (const page of source.read(streamOf(source, name), from, range)) {
    const records = rowsOf(page);
    rows.push(...records);
    pages.push(records.map(({ _id }) => String(_id)));
    states.push(page.state);
  }
  return { rows, pages, states, ids: pages.flat(), state: states[states.length - 1] };
}

const rowsOf = ({ records }: Page) =>
  linesOf(records)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function keys(source: Source, name: string): Promise<string[][]> {
  const all: string[][] = [];
  for await (const page of source.keys?.(streamOf(source, name)) ?? []) all.push(...page);
  return all;
}

async function failure(work: Promise<unknown>): Promise<MillraceError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

const queries = (sandbox: FxiaokeSandbox) => sandbox.calls.get('POST /cgi/crm/v2/data/query') ?? 0;

interface RawQuery {
  path?: string;
  limit?: number;
  offset?: number;
  operator?: string;
  traceId?: string;
}

/** A query past the connector, to see the vendor's own answers. */
async function rawQuery(sandbox: FxiaokeSandbox, config: ReturnType<typeof configOf>) {
  const post = async (path: string, body: object, headers: Record<string, string>, traceId: string) => {
    const init = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    };
    return (await fetch(`${sandbox.baseUrl}${path}?thirdTraceId=${traceId}`, init)).json() as Promise<{
      accessToken: string;
    }>;
  };
  const { appId, appSecret, permanentCode } = config;
  const token = await post(
    '/oauth2.0/token',
    { appId, appSecret, permanentCode, grantType: 'app_secret' },
    {},
    randomUUID(),
  );
  const headers = {
    authorization: `Bearer ${token.accessToken}`,
    'x-fs-ea': sandbox.options.ea,
    'x-fs-userid': '1000',
  };
  return ({
    path = '/cgi/crm/v2/data/query',
    limit = 100,
    offset = 0,
    operator,
    traceId = randomUUID(),
  }: RawQuery) => {
    const filters = operator ? [{ field_name: 'name', operator, field_values: ['客户1'] }] : [];
    const search_query_info = { limit, offset, filters, orders: [] };
    return post(path, { data: { dataObjectApiName: 'AccountObj', search_query_info } }, headers, traceId);
  };
}
