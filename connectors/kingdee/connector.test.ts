import { createKit, MillraceError, type OpenSource } from '../kit';
import { acceptance } from '../kit/acceptance';
import { kingdee } from './connector';
import { KingdeeSandbox } from './sandbox';
import { configOf, openOrders, orderOf } from './subject';

describe.each(['heads', 'entries'] as const)('over %s', (what) => {
  acceptance(kingdee, () => openOrders(what));
});

describe('what is special about Kingdee', () => {
  const sandbox = new KingdeeSandbox();
  beforeAll(() => sandbox.start());
  afterAll(() => sandbox.stop());

  const open = (more: Record<string, unknown> = {}): Promise<OpenSource> => {
    const config = { ...configOf(sandbox), ...more };
    const kit = createKit({ connection: 'kingdee', secrets: [String(config.appSecret)], retryMs: 1 });
    return kingdee.connect(config, kit);
  };

  test('both logins are accepted', async () => {
    for (const loginBy of ['sign', 'secret']) {
      const source = await open({ loginBy });
      await expect(source.check()).resolves.toBeUndefined();
    }
  });

  test('the server cuts a page without a word: a page that is not full is not the end', async () => {
    sandbox.cap = 3;
    sandbox.seed(
      'SAL_SaleOrder',
      Array.from({ length: 10 }, (_, i) => orderOf(500 + i, '2026-01-05T10:00:00')),
    );
    expect(await idsOf(await open({ pageRows: 2_000 }), 'sales_orders')).toHaveLength(10);
    sandbox.cap = 2_000;
  });

  test('digits of an amount stay as the vendor wrote them, and blank text is one space', async () => {
    sandbox.seed('SAL_SaleOrder', [
      orderOf(9_001, '2027-01-05T10:00:00', { FBillAllAmount: '9007199254740993.13' }),
    ]);
    const rows = await rowsOf(await open(), 'sales_orders');
    expect(rows.at(-1)).toMatchObject({
      FID: '9001',
      FBillAllAmount: '9007199254740993.13',
      'FSalerId.FNumber': ' ',
      FDate: '2027-01-05T00:00:00',
    });
  });

  test('a key that this tenant does not have is left out when the contract can do without it', async () => {
    const source = await withoutField('FSOCIALCRECODE', () => open());
    sandbox.seed('BD_Customer', [
      { FCUSTID: 1001, FNumber: 'C1', FName: '测试客户', FModifyDate: '2026-01-05T10:00:00' },
    ]);
    const [customer] = await withoutField('FSOCIALCRECODE', () => rowsOf(source, 'customers'));
    expect(customer).toMatchObject({ FName: '测试客户' });
    expect(customer).not.toHaveProperty('FSOCIALCRECODE');
  });

  test('a key that the contract needs is named, with what to do', async () => {
    const error = await withoutField('FBillAllAmount', async () =>
      failureOf(rowsOf(await open(), 'sales_orders')),
    );
    expect(error.describe()).toContain('no field FBillAllAmount, which stream sales_orders needs');
    expect(error.code).toBe('bad_request');
  });

  test('a right that is missing shows as an empty list, and check finds it all the same', async () => {
    sandbox.forbid('AR_REFUNDBILL', 'hidden');
    const source = await open();
    const error = await failureOf(source.check(streamOf(source, 'refunds')));
    expect(error.code).toBe('permission_refused');
    expect(error.what).toContain('收款退款单');
  });

  test('a refused login is not repeated by later requests: five lock the user', async () => {
    const source = await open({ appSecret: 'a-wrong-app-secret' });
    const before = sandbox.logins;
    for (let i = 0; i < 4; i++) {
      expect((await failureOf(rowsOf(source, 'sales_orders'))).code).toBe('login_refused');
    }
    expect(sandbox.logins - before).toBe(1);
  });

  test('a backfill reads only what changed between two times', async () => {
    const source = await open();
    const stream = streamOf(source, 'sales_orders');
    const ids: unknown[] = [];
    const range = { from: '2026-12-31 00:00:00', to: '2027-12-31 00:00:00' };
    for await (const page of source.read(stream, undefined, range))
      ids.push(...linesOf(page.records).map(({ FID }) => FID));
    expect(ids).toEqual(['9001']);
  });

  /** The sandbox of a tenant without a field: it refuses a query that asks for it. */
  async function withoutField<T>(field: string, work: () => Promise<T>): Promise<T> {
    const hidden = sandbox.hideField(field);
    try {
      return await work();
    } finally {
      hidden();
    }
  }
});

function streamOf(source: OpenSource, name: string) {
  const stream = source.streams.find((each) => each.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  return stream;
}

function linesOf(records: unknown): Record<string, unknown>[] {
  if (Array.isArray(records)) return [];
  const text = (records as { lines: Buffer }).lines.toString('utf8').trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function rowsOf(source: OpenSource, name: string) {
  const rows = [];
  for await (const { records } of source.read(streamOf(source, name), undefined, {}))
    rows.push(...linesOf(records));
  return rows;
}

const idsOf = async (source: OpenSource, name: string) => (await rowsOf(source, name)).map(({ FID }) => FID);

async function failureOf(work: Promise<unknown>): Promise<MillraceError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MillraceError) return error;
  throw new Error(`no MillraceError: ${String(error)}`);
}
