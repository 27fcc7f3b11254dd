import { utils, write } from '@e965/xlsx';
import { company } from '../../test/cube/company';
import { type HubUnderTest, hubOver } from '../../test/hub/hubOver';
import { engines } from '../../test/support/engines';
import { buildModels } from '../../warehouse';

const CONFIG = `company: 测试公司
connections: {}
users:
  - { id: finance, name: 财务, role: finance }
  - { id: east, name: 华东经理, role: region_manager, regions: [华东] }
`;
/** E1 and E2 sell in 华东, E3 in 华南. O1 of c1 owes 50,000.55. */
const LATER = '2099-03-31';

describe.each(engines)('statements in the hub on $name', ({ open }) => {
  let on: HubUnderTest;
  beforeAll(async () => {
    on = await hubOver(company, CONFIG, open);
  });
  afterAll(() => on?.close());

  const state = (who: string, body: object) =>
    on.as(who)('/api/statements', { body: { expectedDate: LATER, certainty: 'promised', ...body } });
  const standing = async (who: string, query = '') =>
    (await on.as(who)(`/api/statements${query}`)).body as Record<string, unknown>[];
  const rebuild = () =>
    buildModels(on.warehouse, {
      runId: 'again',
      connections: [],
      asOfDate: company.today,
      keepStaging: true,
    });

  test('are said, corrected and withdrawn by new statements; the old ones stay', async () => {
    const first = await state('E1', { id: 's-1', document: 'O1', amount: '30,000' });
    expect([first.status, first.body]).toEqual([
      201,
      {
        statementId: 'hub:s-1',
        threadId: 'hub:E1/document/erp:O1',
        customerId: 'erp:c1',
        customerName: '客户c1',
        version: 1,
        doubts: [],
      },
    ]);
    expect((await state('E1', { id: 's-1', document: 'O1', amount: '30000' })).status).toBe(201); // sent twice, said once
    expect((await state('E1', { id: 's-2', document: 'O1', amount: '60000.00' })).body).toMatchObject({
      version: 2,
      doubts: ['more_than_open'],
    });
    const mine = '?customer=erp:c1&person=E1';
    const hub = (rows: Record<string, unknown>[]) =>
      rows.filter(({ statement_id: id }) => String(id).startsWith('hub:'));
    expect(hub(await standing('E1', mine))).toMatchObject([
      { statement_id: 'hub:s-2', amount_cny: '60000.00', version: 2 },
    ]);
    await rebuild();
    expect(hub(await standing('E1', mine))).toMatchObject([
      { statement_id: 'hub:s-2', amount_cny: '60000.00', version: 2 },
    ]);
    await state('E1', { document: 'O1', amount: '1', isWithdrawn: true });
    expect(hub(await standing('E1', mine))).toEqual([]);
    await rebuild();
    expect(
      await on.rows(`select version, amount_cny, is_current, is_more_than_open from marts.stated_cash
        where thread_id = 'hub:E1/document/erp:O1' order by version`),
    ).toEqual([
      { version: 1, amount_cny: '30000.00', is_current: false, is_more_than_open: false },
      { version: 2, amount_cny: '60000.00', is_current: false, is_more_than_open: false },
      { version: 3, amount_cny: '1.00', is_current: false, is_more_than_open: false },
    ]);
  });

  test('any past time can be asked', async () => {
    await state('E1', { id: 't-1', customer: '客户c1', slot: 'samples', amount: '100' });
    const [now] = await on.rows(
      "select cast(max(happened_at) as varchar) as at from ops.event where event_id = 't-1'",
    );
    await state('E1', { id: 't-2', customer: '客户c1', slot: 'samples', amount: '200' });
    const at = `${String(now?.at).replace(' ', 'T')}Z`;
    const amountOf = async (query: string) =>
      (await standing('E1', query)).find(({ statement_id: id }) => String(id).startsWith('hub:t-'))
        ?.amount_cny;
    expect(await amountOf('')).toBe('200.00');
    expect(await amountOf('?asOf=2000-01-01')).toBeUndefined();
    expect(await amountOf(`?asOf=${encodeURIComponent(at)}`)).toBe('100.00');
    expect((await on.as('E1')('/api/statements?asOf=someday')).status).toBe(400);
  });

  test('two people on one document are a conflict, both are kept', async () => {
    await state('E2', { id: 'c-1', document: 'O2', amount: '500' });
    const other = await state('finance', { id: 'c-2', document: 'O2', amount: '900', onBehalfOf: '华东' });
    expect(other.status).toBe(404);
    expect((await state('finance', { id: 'c-2', document: 'O2', amount: '900' })).body).toMatchObject({
      doubts: ['other_person'],
    });
    const conflicts = await standing('finance', '?conflicts=true');
    expect(conflicts.map(({ statement_id: id }) => id).sort()).toEqual(['hub:c-1', 'hub:c-2']);
    await rebuild();
    expect(
      await on.rows(
        "select statement_id from marts.stated_cash where has_conflict and connection = 'hub' order by 1",
      ),
    ).toEqual([{ statement_id: 'hub:c-1' }, { statement_id: 'hub:c-2' }]);
  });

  test.each([
    [
      'confirmed for a far day',
      'E1',
      { document: 'O1', amount: '1', certainty: 'confirmed', evidence: '水单' },
      400,
      'statement_refused',
    ],
    [
      'confirmed without evidence',
      'E1',
      { document: 'O1', amount: '1', certainty: 'confirmed', expectedDate: '2020-01-02' },
      400,
      'statement_refused',
    ],
    ['a sum with three decimals', 'E1', { document: 'O1', amount: '1.234' }, 400, 'statement_refused'],
    ['another’s customer', 'E1', { document: 'O3', amount: '1' }, 404, 'not_found'],
    ['another region’s customer', 'east', { document: 'O3', amount: '1' }, 404, 'not_found'],
    ['in another’s name', 'E1', { document: 'O1', amount: '1', onBehalfOf: 'E2' }, 403, 'not_allowed'],
    [
      'nothing to withdraw',
      'E2',
      { customer: 'erp:c2', slot: 'none', amount: '1', isWithdrawn: true },
      404,
      'not_found',
    ],
    ['no subject at all', 'E1', { amount: '1' }, 400, 'bad_request'],
  ])('refuses %s', async (_what, who, body, status, code) => {
    const before = await on.rows('select count(*) as n from ops.event');
    const answer = await state(who, body);
    expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
    expect(await on.rows('select count(*) as n from ops.event')).toEqual(before);
  });

  test('a sheet is looked at, imported once, and taken back', async () => {
    const sheet = workbook([
      ['华东区回款预测表'],
      ['客户名称', '应收单号', '金额（元）', '预计回款日期', '状态', '业务员', '依据', '填报日期'],
      ['客户c1', '', 1234.1 + 0.2, new Date(Date.UTC(2025, 6, 31)), '预计下周付款', '王一', '', '2025-07-21'],
      ['客户c2', '', '2,000', '2025/8/20', '已确认回款', 'E2', '', '2025-07-21'],
      ['客户c2', 'O2', '1e3', '2025-08-20', '看情况', '', '', ''],
      ['没有这家', '', '5', '2025-08-20', '承诺', '', '', ''],
    ]);
    const send = (path: string) =>
      on.as('finance')(`/api/statements/import?name=a.csv${path}`, {
        text: sheet,
        headers: { 'content-type': 'text/csv' },
      });
    const preview = (await send('')).body as {
      rows: Record<string, unknown>[];
      added: number;
      batch: string;
    };
    expect(preview.rows).toMatchObject([
      {
        row: 3,
        status: 'new',
        statement: { amount: '1234.3', certainty: 'expected', expectedDate: '2025-07-31' },
        doubts: [],
      },
      { row: 4, status: 'new', statement: { certainty: 'confirmed' }, doubts: ['lacks_evidence'] },
      { row: 5, status: 'bad', problems: ['“看情况” is neither 预计, 承诺 nor 已确认'] },
      {
        row: 6,
        status: 'bad',
        problems: ['It is not there, or outside of your customers (customer 没有这家)'],
      },
    ]);
    expect(preview.added).toBe(0);
    expect((await send('&apply=true')).body).toMatchObject({ added: 2 });
    expect((await send('&apply=true')).body).toMatchObject({
      added: 0,
      rows: [{ status: 'known' }, { status: 'known' }, {}, {}],
    });
    await rebuild();
    const imported = () =>
      on.rows(`select stated_by, amount_cny, certainty, stated_date, lacks_evidence, is_current from marts.stated_cash
        where connection = 'hub' and stated_date = '2025-07-21' order by amount_cny`);
    expect(await imported()).toEqual([
      {
        stated_by: 'E1',
        amount_cny: '1234.30',
        certainty: 'expected',
        stated_date: '2025-07-21',
        lacks_evidence: false,
        is_current: true,
      },
      {
        stated_by: 'E2',
        amount_cny: '2000.00',
        certainty: 'confirmed',
        stated_date: '2025-07-21',
        lacks_evidence: true,
        is_current: true,
      },
    ]);
    expect(
      (await on.as('E1')('/api/statements/undo-import', { body: { batch: preview.batch } })).status,
    ).toBe(403);
    expect(
      (await on.as('finance')('/api/statements/undo-import', { body: { batch: preview.batch } })).body,
    ).toEqual({ withdrawn: 2 });
    await rebuild();
    expect((await imported()).map(({ is_current: is }) => is)).toEqual([false, false]);
  });
});

/** As text: CSV, so that the test's own HTTP helper can send it; workbooks are read in the sheet reader's test. */
function workbook(rows: unknown[][]): string {
  const sheet = utils.aoa_to_sheet(rows, { cellDates: true, dateNF: 'yyyy-mm-dd' });
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '回款');
  return write(book, { type: 'string', bookType: 'csv' }) as string;
}
