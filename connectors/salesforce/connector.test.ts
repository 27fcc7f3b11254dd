import { createKit, linesOf, MillraceError, type OpenSource, type Row, secretsIn, type Stream } from '../kit';
import { acceptance } from '../kit/acceptance';
import { salesforce } from './connector';
import { explain } from './explain';
import { longId } from './ids';
import { SalesforceSandbox, type SalesforceOptions, timeText } from './sandbox';
import { configOf, idOf, openSubject, START } from './subject';

acceptance(salesforce, openSubject);

describe('what is special about Salesforce', () => {
  const sandboxes: SalesforceSandbox[] = [];
  afterEach(() => Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.stop())));

  /** An org with opportunities, one a day from 2026-01-05 on, and the connector over it. */
  async function given(opportunities = 0, options: Partial<SalesforceOptions> = {}) {
    const sandbox = new SalesforceSandbox(options);
    sandboxes.push(sandbox);
    await sandbox.start();
    sandbox.seed(
      'Opportunity',
      Array.from({ length: opportunities }, (_, day) => opportunity(day)),
    );
    return { sandbox, config: configOf(sandbox) as Record<string, unknown> };
  }
  const opportunity = (day: number, more: Row = {}): Row => ({
    Id: idOf('006', day + 1),
    Name: `商机${day}`,
    StageName: 'Prospecting',
    Amount: 100.5,
    IsClosed: false,
    IsWon: false,
    SystemModstamp: timeText(new Date(START + day * 86_400_000)),
    ...more,
  });

  test('a query that takes too long is asked for shorter spans, and no record is lost', async () => {
    const { sandbox, config } = await given(40, { slowSpanMs: 20 * 86_400_000 });
    const { rows, states } = await read(await open(config), 'opportunities');
    expect(rows.map(({ Id }) => Id)).toEqual(Array.from({ length: 40 }, (_, day) => idOf('006', day + 1)));
    expect(sandbox.calls.get('/queryAll')).toBeLessThan(40); // ten halvings, then one query for twelve days and more
    const again = await read(await open(config), 'opportunities', states.at(-1));
    expect(again.rows.map(({ Id }) => Id)).toEqual([idOf('006', 40)]);
  });

  test('a query that is never quick enough is an error in the words of the vendor', async () => {
    const { config } = await given(1, { slowSpanMs: 0 });
    const error = await failure(read(await open(config), 'opportunities'));
    expect(error.describe()).toContain('running for too long. (QUERY_TIMEOUT)');
  });

  test('pages come from one query; a locator that is lost is replaced by a query behind the last record', async () => {
    const { sandbox, config } = await given(23);
    const source = await open(config);
    const ids: unknown[] = [];
    for await (const { records } of source.read(streamOf(source, 'opportunities'), undefined, {})) {
      ids.push(...parsed(records).map(({ Id }) => Id));
      if (ids.length === 10) sandbox.loseLocators();
    }
    expect(ids).toEqual(Array.from({ length: 23 }, (_, day) => idOf('006', day + 1)));
    expect([sandbox.calls.get('/queryAll'), sandbox.calls.get('next page')]).toEqual([2, 4]);
  });

  test('a sync without changes costs one call per stream', async () => {
    const { sandbox, config } = await given(3);
    const source = await open(config);
    const { states } = await read(source, 'opportunities');
    const before = sandbox.calls24h;
    await read(source, 'opportunities', states.at(-1));
    expect(sandbox.calls24h - before).toBe(1);
  });

  test('what was changed a moment ago is left to the next sync', async () => {
    const { sandbox, config } = await given(1);
    sandbox.seed('Opportunity', [opportunity(8, { SystemModstamp: timeText(new Date()) })]);
    expect((await read(await open({ ...config, settleSeconds: 60 }), 'opportunities')).rows).toHaveLength(1);
    expect((await read(await open(config), 'opportunities')).rows).toHaveLength(2);
  });

  test('a record in the recycle bin comes with IsDeleted and is no key; archived ones stay keys', async () => {
    const { sandbox, config } = await given(3);
    sandbox.recycle('Opportunity', idOf('006', 1), timeText(new Date(START + 9 * 86_400_000)));
    const source = await open(config);
    const { rows } = await read(source, 'opportunities');
    expect(rows.map(({ Id, IsDeleted }) => [Id, IsDeleted])).toEqual([
      [idOf('006', 2), false],
      [idOf('006', 3), false],
      [idOf('006', 1), true],
    ]);
    expect(await keys(source, 'opportunities')).toEqual([[idOf('006', 2)], [idOf('006', 3)]]);
  });

  test('a field that the user may not see stops the stream, unless the config expects it; the stream fields shows it', async () => {
    const { sandbox, config } = await given(1);
    sandbox.hide('Opportunity', 'Amount');
    const error = await failure(read(await open(config), 'opportunities'));
    expect([error.code, error.what]).toEqual([
      'permission_refused',
      'The user does not see Opportunity.Amount',
    ]);
    expect(error.todo).toContain('hiddenFields');
    const source = await open({ ...config, hiddenFields: ['Opportunity.Amount'] });
    expect((await read(source, 'opportunities')).rows[0]).not.toHaveProperty('Amount');
    const seen = (await read(source, 'fields')).rows.filter(({ object }) => object === 'Opportunity');
    expect(seen).toContainEqual({ object: 'Opportunity', field: 'Amount', is_visible: 'false' });
    expect(seen).toContainEqual({ object: 'Opportunity', field: 'CloseDate', is_visible: 'true' });
  });

  test('currencies have the rate of the config; check names those without one', async () => {
    const { sandbox, config } = await given(2);
    expect((await read(await open(config), 'currencies')).rows).toEqual([
      { iso_code: 'CNY', is_default: 'true', cny_rate: '1', opportunities: '2' },
    ]);
    sandbox.switchCurrenciesOn();
    sandbox.seed('Opportunity', [
      opportunity(0, { CurrencyIsoCode: 'USD' }),
      opportunity(1, { CurrencyIsoCode: 'EUR' }),
    ]);
    const source = await open({ ...config, rates: { USD: '7.0995' } });
    expect((await read(source, 'currencies')).rows).toEqual([
      { iso_code: 'CNY', is_default: 'true', cny_rate: '1', opportunities: '0' },
      { iso_code: 'USD', is_default: 'false', cny_rate: '7.0995', opportunities: '1' },
      { iso_code: 'EUR', is_default: 'false', cny_rate: null, opportunities: '1' },
    ]);
    const error = await failure(source.check(streamOf(source, 'currencies')));
    expect(error.what).toBe('Opportunities have no amount in CNY: 1 in EUR');
  });

  test('a refresh token logs in, a bad one is refused once; streams that begin together log in once', async () => {
    const { sandbox, config } = await given(1);
    const { refreshToken } = sandbox.options;
    await (await open({ ...config, refreshToken })).check();
    const error = await failure((await open({ ...config, refreshToken: 'expired-token' })).check());
    expect([error.code, sandbox.logins]).toEqual(['login_refused', 2]);
    expect(error.what).toContain('invalid_grant');
    const sources = await Promise.all([1, 2, 3].map(() => open(config)));
    await Promise.all(sources.map((source) => source.check()));
    expect(sandbox.logins).toBe(3);
  });

  test('a token for another host is not sent there', async () => {
    const { sandbox, config } = await given(1);
    sandbox.baseUrl = 'https://elsewhere.example';
    const error = await failure((await open(config)).check());
    expect([error.code, error.what]).toEqual([
      'config_invalid',
      'This org lives at https://elsewhere.example, not at baseUrl',
    ]);
  });

  test('calls of the day: a sync stops at its share, and at the vendor’s limit at once', async () => {
    const { sandbox, config } = await given(1, { callsPerDay: 10 });
    sandbox.calls24h = 7;
    const source = await open({ ...config, quotaShare: 0.9 });
    await source.check();
    const error = await failure(source.check());
    expect([error.code, error.what]).toEqual([
      'quota_exhausted',
      'The vendor answered 200: 9 of the 10 calls of a day are used, more than the share of 0.9',
    ]);
    expect(
      meaning(403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]),
    ).toBe('quota_exhausted');
    expect(meaning(200, [{ message: 'no', errorCode: 'INSUFFICIENT_ACCESS' }])).toBe('permission_refused');
    expect(meaning(503, [{ message: 'no', errorCode: 'SERVER_UNAVAILABLE' }])).toBe('vendor_busy');
    expect(meaning(200, [])).toBeUndefined();
  });

  test('owners in the field history get long ids, whatever the vendor gives; other texts stay', async () => {
    const { sandbox, config } = await given();
    const change = { OpportunityId: idOf('006', 1), Field: 'Owner', CreatedDate: timeText(new Date(START)) };
    sandbox.seed('OpportunityFieldHistory', [
      { Id: 'h1', ...change, OldValue: '0051G000005Mun4', NewValue: '0051G000005Mun4QAC' },
      { Id: 'h2', ...change, OldValue: 'Li', NewValue: null },
    ]);
    const { rows } = await read(await open(config), 'opportunity_field_history');
    expect(rows.map(({ OldValue, NewValue }) => [OldValue, NewValue])).toEqual([
      ['0051G000005Mun4QAC', '0051G000005Mun4QAC'],
      ['Li', null],
    ]);
    // ids of the seed files, in both forms
    expect(['001q000000wW9Be', '0061G00000N38JZ', '001q000000wW9BeAAK'].map(longId)).toEqual([
      '001q000000wW9BeAAK',
      '0061G00000N38JZQAZ',
      '001q000000wW9BeAAK',
    ]);
  });

  test.each([
    [{ baseUrl: 'https://x.my.salesforce.com/services' }, /host only/],
    [{ apiVersion: 'v61' }, /written like 61.0/],
    [{ rates: { usd: '7' } }, /three capital letters/],
    [{ rates: { USD: 'seven' } }, /CNY for one unit/],
    [{ hiddenFields: ['Amount'] }, /write Object.Field/],
  ])('a config with %j is refused', (more, message) => {
    const config = { baseUrl: 'https://x.my.salesforce.com', clientId: 'a', clientSecret: 'b', ...more };
    expect(() => salesforce.spec.parse(config)).toThrow(message);
  });
});

const open = (config: Record<string, unknown>): Promise<OpenSource> => {
  const secrets = secretsIn(salesforce.spec, config);
  return salesforce.connect(
    salesforce.spec.parse(config),
    createKit({ connection: 'sf', secrets, retryMs: 1 }),
  );
};

function meaning(status: number, body: unknown): string | undefined {
  const head = JSON.stringify(body);
  return explain({ status, headers: {}, bytes: Buffer.from(head), head, json: () => body }, 0.9)?.code;
}

function streamOf(source: OpenSource, name: string): Stream {
  const stream = source.streams.find((each) => each.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  return stream;
}

const parsed = (records: Parameters<typeof linesOf>[0]): Row[] =>
  linesOf(records)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

async function read(source: OpenSource, name: string, state?: unknown) {
  const rows: Row[] = [];
  const states: unknown[] = [];
  for await (const page of source.read(streamOf(source, name), state, {})) {
    rows.push(...parsed(page.records));
    states.push(page.state);
  }
  return { rows, states };
}

async function keys(source: OpenSource, name: string): Promise<string[][]> {
  const all: string[][] = [];
  for await (const page of source.keys?.(streamOf(source, name)) ?? []) all.push(...page);
  return all;
}

async function failure(work: Promise<unknown>): Promise<MillraceError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MillraceError) return error;
  throw new Error(`no MillraceError: ${String(error)}`);
}
